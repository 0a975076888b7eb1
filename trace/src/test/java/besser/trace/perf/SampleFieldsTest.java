package besser.trace.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.Frame;
import besser.trace.Issue;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every field a sample can have, in both byte orders, and records that are not as they should. */
class SampleFieldsTest {
  private static final long ALL = SampleLayout.KNOWN_BITS & ~SampleLayout.WEIGHT_STRUCT;
  private static final long BASIC =
      SampleLayout.IP | SampleLayout.TID | SampleLayout.TIME | SampleLayout.CPU | SampleLayout.ID;

  @TempDir Path directory;

  private final List<LostEvents> losses = new ArrayList<>();
  private final List<String> throttles = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsEveryFieldInItsPlace(boolean bigEndian) throws IOException {
    PerfFileBuilder builder =
        new PerfFileBuilder(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
            .event(
                1,
                0,
                ALL,
                77,
                attr ->
                    attr.putLong(72, 1L << 17).putLong(80, 0b101).putLong(96, 0b11).putLong(32, 7))
            .record(RecordType.SAMPLE, RecordType.MISC_USER, SampleFieldsTest::writeAll);
    List<String> checked = new ArrayList<>();

    try (PerfData data = open(builder.file())) {
      read(
          data,
          sample -> {
            assertAll(sample);
            checked.add(sample.eventName());
          });
      assertTrue(data.issues().isEmpty(), data.issues().toString());
    }

    assertEquals(List.of("cpu-clock"), checked);
  }

  private static void writeAll(ByteBuffer buffer) {
    buffer.putLong(77).putLong(0x4000).putInt(11).putInt(12).putLong(5000).putLong(0xadd0);
    buffer.putLong(77).putLong(78).putInt(3).putInt(0).putLong(99);
    // counter values: value, time enabled, time running, id
    buffer.putLong(42).putLong(1).putLong(2).putLong(77);
    buffer.putLong(4).putLong(-512).putLong(0x4000).putLong(0x5000).putLong(0x6000);
    buffer.putInt(4).putInt(0x01020304);
    buffer.putLong(1).putLong(-1).putLong(0xf).putLong(0x70).putLong(0);
    buffer.putLong(2).putLong(0x10).putLong(0x11);
    buffer.putLong(8).put("stack---".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    buffer.putLong(5);
    buffer.putLong(101).putLong(102).putLong(103);
    buffer.putLong(2).putLong(0x20).putLong(0x21);
    buffer.putLong(104).putLong(105).putLong(4096).putLong(2048);
    buffer.putLong(8).putLong(0);
  }

  private static void assertAll(PerfSample sample) {
    SampleBody body = sample.body();
    assertEquals(11, sample.pid());
    assertEquals(12, sample.tid());
    assertEquals(5000, sample.timeNanos());
    assertEquals(0xadd0, sample.dataAddress());
    assertEquals(77, sample.id());
    assertEquals(78, sample.streamId());
    assertEquals(3, sample.cpu());
    assertEquals(42, sample.period(), "the counter's value since the sample before");
    assertFalse(sample.inKernel());
    assertEquals(3, sample.depth());
    assertEquals(0x6000, sample.address(2));
    assertEquals(1, body.counterCount());
    assertEquals(77, body.counterId(0));
    assertEquals(4, body.rawBytes());
    assertEquals(1, body.branchCount());
    assertEquals(0xf, body.branchFrom(0));
    assertEquals(0x70, body.branchTo(0));
    assertEquals(2, body.userRegisterCount());
    assertEquals(0x11, body.userRegister(1));
    assertEquals(5, body.stackBytes());
    assertEquals('t', body.stackByte(1));
    assertEquals(101, body.weight());
    assertEquals(102, body.dataSource());
    assertEquals(103, body.transaction());
    assertEquals(0x21, body.interruptRegister(1));
    assertEquals(104, body.physicalAddress());
    assertEquals(105, body.cgroup());
    assertEquals(4096, body.dataPageBytes());
    assertEquals(2048, body.codePageBytes());
    assertEquals(8, body.auxBytes());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsPipesInBothByteOrders(boolean bigEndian) {
    byte[] pipe =
        basic(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
            .record(RecordType.SAMPLE, RecordType.MISC_USER, sample(0x1000, 9, 100))
            .pipe();
    List<Long> times = new ArrayList<>();

    PerfData data = PerfData.of(new ByteArrayInputStream(pipe), "pipe", SymbolSources.none());
    read(data, sample -> times.add(sample.timeNanos()));

    assertEquals(List.of(100L), times);
    assertEquals("cpu-clock", data.events().getFirst().name());
  }

  @Test
  void namesTasksFollowsForksAndReportsLossesInTimeOrder() throws IOException {
    PerfFileBuilder builder =
        basic(ByteOrder.LITTLE_ENDIAN)
            .record(RecordType.SAMPLE, RecordType.MISC_USER, sample(0x1000, 9, 300))
            .record(RecordType.COMM, 0, comm(9, "first", 50))
            .record(RecordType.FORK, 0, fork(10, 9, 60))
            .record(RecordType.SAMPLE, RecordType.MISC_USER, sample(0x1000, 10, 70))
            .record(RecordType.COMM, 0, comm(9, "second", 200))
            .record(RecordType.LOST, 0, buffer -> trailer(buffer.putLong(1).putLong(17), 9, 80))
            .record(
                RecordType.THROTTLE,
                0,
                buffer -> trailer(buffer.putLong(0).putLong(0).putLong(0), 9, 90));
    List<String> seen = new ArrayList<>();

    try (PerfData data = open(builder.file())) {
      read(data, sample -> seen.add(sample.comm() + "@" + sample.timeNanos()));
    }

    assertEquals(List.of("first@70", "second@300"), seen);
    assertEquals(List.of(new LostEvents(1, 80, 17)), losses);
    assertEquals(List.of("1@90"), throttles);
  }

  @Test
  void namesGeneratedKernelCode() throws IOException {
    PerfFileBuilder builder =
        basic(ByteOrder.LITTLE_ENDIAN)
            .record(
                RecordType.KSYMBOL,
                0,
                buffer -> {
                  buffer.putLong(-0x10000).putInt(64).putShort((short) 1).putShort((short) 0);
                  PerfFileBuilder.text(buffer, "bpf_prog_1");
                  trailer(buffer, 0, 10);
                })
            .record(RecordType.SAMPLE, RecordType.MISC_KERNEL, sample(-0x10000 + 8, 9, 20))
            .record(RecordType.SAMPLE, RecordType.MISC_KERNEL, sample(-0x10000 + 80, 9, 30));
    List<String> symbols = new ArrayList<>();

    try (PerfData data = open(builder.file())) {
      read(data, sample -> symbols.add(sample.frame(0).symbol()));
    }

    assertEquals(List.of("bpf_prog_1", Frame.UNKNOWN_SYMBOL), symbols);
  }

  @Test
  void namesKernelCodeByCapturedSymbolsWhereverTheKernelWasMoved() throws IOException {
    Path kallsyms = directory.resolve("kallsyms");
    Files.writeString(
        kallsyms,
        """
        ffffffff80000000 T _text
        ffffffff80000100 t alias
        ffffffff80000100 t rx_work.isra.0
        ffffffff80000200 T next
        ffffffff80000300 R constant
        ffffffffc0000000 t sdio_rx_work\t[bes2600]
        """);
    PerfFileBuilder builder =
        basic(ByteOrder.LITTLE_ENDIAN)
            .record(
                RecordType.MMAP,
                RecordType.MISC_KERNEL,
                buffer -> {
                  buffer.putInt(-1).putInt(0).putLong(0xffffffff90000000L).putLong(0x10000);
                  buffer.putLong(0xffffffff90000000L);
                  PerfFileBuilder.text(buffer, "[kernel.kallsyms]_text");
                  trailer(buffer, 0, 0);
                })
            .record(RecordType.SAMPLE, RecordType.MISC_KERNEL, sample(0xffffffff90000180L, 9, 20))
            .record(RecordType.SAMPLE, RecordType.MISC_KERNEL, sample(0xffffffff90000280L, 9, 30))
            .record(RecordType.SAMPLE, RecordType.MISC_KERNEL, sample(0xffffffffc0000010L, 9, 40))
            .record(RecordType.SAMPLE, RecordType.MISC_KERNEL, sample(0xffffffffd0000000L, 9, 50));
    Path file = directory.resolve("perf.data");
    Files.write(file, builder.file());
    List<String> symbols = new ArrayList<>();

    SymbolSources sources = SymbolSources.none().withKallsyms(kallsyms).cleaned();
    try (PerfData data = PerfData.open(file, sources)) {
      read(data, sample -> symbols.add(sample.frame(0).symbol() + sample.frame(0).module()));
    }

    assertEquals(
        List.of(
            "rx_work[kernel.kallsyms]",
            "next[kernel.kallsyms]",
            "sdio_rx_work[bes2600]",
            "[unknown][kernel.kallsyms]"),
        symbols);
  }

  @Test
  void countsRecordsThatContradictTheirType() throws IOException {
    PerfFileBuilder builder =
        basic(ByteOrder.LITTLE_ENDIAN)
            .record(RecordType.SAMPLE, 0, buffer -> buffer.putLong(1))
            .record(RecordType.COMM, 0, buffer -> buffer.putInt(1))
            .record(RecordType.LOST, 0, buffer -> trailer(buffer.putLong(1).putLong(-1), 0, 5))
            .record(200, 0, buffer -> buffer.putLong(1))
            .record(40, 0, buffer -> trailer(buffer, 0, 6))
            .record(RecordType.SAMPLE, RecordType.MISC_USER, sample(0x1000, 9, 100));
    int[] count = new int[1];

    try (PerfData data = open(builder.file())) {
      read(data, sample -> count[0]++);
      assertEquals(3, data.issues().count(Issue.DAMAGED_RECORD));
      assertEquals(2, data.issues().count(Issue.UNKNOWN_SECTION));
    }

    assertEquals(1, count[0]);
  }

  private static PerfFileBuilder basic(ByteOrder order) {
    return new PerfFileBuilder(order).event(1, 0, BASIC, 5);
  }

  private static PerfFileBuilder.Body sample(long address, int tid, long time) {
    return buffer ->
        buffer.putLong(address).putInt(tid).putInt(tid).putLong(time).putLong(5).putLong(1);
  }

  private static PerfFileBuilder.Body comm(int tid, String name, long time) {
    return buffer -> {
      buffer.putInt(tid).putInt(tid);
      PerfFileBuilder.text(buffer, name);
      trailer(buffer, tid, time);
    };
  }

  private static PerfFileBuilder.Body fork(int child, int parent, long time) {
    return buffer -> {
      buffer.putInt(child).putInt(parent).putInt(child).putInt(parent).putLong(time);
      trailer(buffer, child, time);
    };
  }

  /** What {@code sample_id_all} adds for {@link #BASIC}. */
  private static void trailer(ByteBuffer buffer, int tid, long time) {
    buffer.putInt(tid).putInt(tid).putLong(time).putLong(5).putInt(1).putInt(0);
  }

  private PerfData open(byte[] bytes) throws IOException {
    Path file = directory.resolve("perf.data");
    Files.write(file, bytes);
    return PerfData.open(file, SymbolSources.none());
  }

  private void read(PerfData data, Consumer<PerfSample> each) {
    data.readSamples(
        new SampleSink() {
          @Override
          public void sample(Sample sample) {
            each.accept((PerfSample) sample);
          }

          @Override
          public void lost(LostEvents lost) {
            losses.add(lost);
          }

          @Override
          public void throttled(int cpu, long timeNanos) {
            throttles.add(cpu + "@" + timeNanos);
          }
        });
  }
}
