package besser.trace.dat;

import java.nio.ByteOrder;
import java.util.List;

/** Metadata of a small made-up machine with a few events of each kind of field. */
public final class SampleMetadata {
  public static final String KALLSYMS =
      """
      ffffffff81000000 T _text
      ffffffff81001000 t sdio_rx_work
      ffffffff81002000 t bh_work
      ffffffff81003000 T _etext
      """;

  private static final String COMMON =
      """
      format:
      \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
      \tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
      \tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;
      \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

      """;

  private static final String WORK =
      "name: workqueue_execute_start\nID: 100\n"
          + COMMON
          + """
          \tfield:u64 work;\toffset:8;\tsize:8;\tsigned:0;
          \tfield:u64 function;\toffset:16;\tsize:8;\tsigned:0;

          print fmt: "work struct 0x%llx: function %ps", REC->work, (void *)REC->function
          """;

  private static final String QUEUE =
      "name: workqueue_queue_work\nID: 101\n"
          + COMMON
          + """
          \tfield:u64 work;\toffset:8;\tsize:8;\tsigned:0;
          \tfield:__data_loc char[] workqueue;\toffset:16;\tsize:4;\tsigned:0;
          \tfield:int req_cpu;\toffset:20;\tsize:4;\tsigned:1;

          print fmt: "workqueue=%s req_cpu=%d", __get_str(workqueue), REC->req_cpu
          """;

  private static final String MIXED =
      "name: mixed\nID: 102\n"
          + COMMON
          + """
          \tfield:char comm[16];\toffset:8;\tsize:16;\tsigned:0;
          \tfield:u8 mac[6];\toffset:24;\tsize:6;\tsigned:0;
          \tfield:short small;\toffset:30;\tsize:2;\tsigned:1;
          \tfield:unsigned int flags;\toffset:32;\tsize:4;\tsigned:0;
          \tfield:__rel_loc char[] path;\toffset:36;\tsize:4;\tsigned:0;
          \tfield:__data_loc u32[] words;\toffset:40;\tsize:4;\tsigned:0;

          print fmt: "%s mac=%pM small=%hd flags=%s", REC->comm, REC->mac, REC->small, \
          __print_flags(REC->flags, "|", { 1, "RX" }, { 2, "TX" })
          """;

  /** Not printed by libtraceevent, which does not know bit fields. */
  private static final String BITS =
      "name: bits\nID: 103\n"
          + COMMON
          + """
          \tfield:unsigned int lane:3;\toffset:8;\tsize:4;\tsigned:0;

          print fmt: "lane=%u", REC->lane
          """;

  private SampleMetadata() {}

  public static TraceMetadata of(ByteOrder order, int longBytes) {
    String headerPage =
        """
        \tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;
        \tfield: local_t commit;\toffset:8;\tsize:%1$d;\tsigned:1;
        \tfield: int overwrite;\toffset:8;\tsize:1;\tsigned:1;
        \tfield: char data;\toffset:%2$d;\tsize:%3$d;\tsigned:0;
        """
            .formatted(longBytes, 8 + longBytes, 4096 - 8 - longBytes);
    String headerEvent =
        """
        # compressed entry header
        \ttype_len    :    5 bits
        \ttime_delta  :   27 bits
        \tarray       :   32 bits

        \tpadding     : type == 29
        \ttime_extend : type == 30
        \ttime_stamp : type == 31
        \tdata max type_len  == 28
        """;
    return new TraceMetadata(
        order,
        longBytes,
        headerPage,
        headerEvent,
        List.of(),
        List.of(
            new TraceMetadata.EventSystem("workqueue", List.of(WORK, QUEUE)),
            new TraceMetadata.EventSystem("sample", List.of(MIXED, BITS))),
        KALLSYMS,
        "",
        "",
        "local");
  }
}
