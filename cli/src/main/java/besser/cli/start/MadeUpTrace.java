package besser.cli.start;

import besser.trace.EventCatalogue;
import besser.trace.EventFormat;
import besser.trace.IssueCounts;
import besser.trace.MemoryEvent;
import besser.trace.dat.Compression;
import besser.trace.dat.TraceDatSink;
import besser.trace.dat.TraceMetadata;
import besser.trace.dat.WriteOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes a trace.dat of two CPUs that receive frames: per frame an interrupt, a work item queued,
 * started and ended, wake-ups and context switches, in the formats of Linux 6.18.
 */
public final class MadeUpTrace {
  private static final int CPUS = 2;
  private static final String[] WORKS = {"sdio_rx_work", "sdio_tx_work", "bh_work", "other_work"};

  private static final String COMMON =
      """
      format:
      \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
      \tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
      \tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;
      \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

      """;

  private MadeUpTrace() {}

  /** Writes so many events. */
  public static void write(Path file, int events) {
    write(file, events, WriteOptions.of(6, Compression.NONE));
  }

  /** Writes so many events in some version of the format. */
  static void write(Path file, int events, WriteOptions options) {
    TraceMetadata metadata = metadata();
    EventCatalogue catalogue = metadata.catalogue(8, "synthetic", new IssueCounts());
    EventFormat queue = format(catalogue, "workqueue:workqueue_queue_work");
    EventFormat start = format(catalogue, "workqueue:workqueue_execute_start");
    EventFormat end = format(catalogue, "workqueue:workqueue_execute_end");
    EventFormat switching = format(catalogue, "sched:sched_switch");
    EventFormat wakeup = format(catalogue, "sched:sched_wakeup");
    EventFormat entry = format(catalogue, "irq:irq_handler_entry");
    EventFormat exit = format(catalogue, "irq:irq_handler_exit");
    EventFormat[] cycle = {entry, queue, wakeup, exit, switching, start, end, switching};
    SplittableRandom random = new SplittableRandom(1);
    long[] nowNanos = {1_000_000, 1_000_700};
    MemoryEvent event = new MemoryEvent(queue);
    try (TraceDatSink sink = new TraceDatSink(file, metadata, options)) {
      for (int i = 0; i < events; i++) {
        int cpu = (i >> 3) % CPUS;
        int work = random.nextInt(WORKS.length);
        EventFormat format = cycle[i & 7];
        nowNanos[cpu] += 200 + random.nextInt(2000);
        event.begin(format, nowNanos[cpu], cpu, 100 + cpu, "kworker/" + cpu + ":1H");
        fill(event, format, work, i);
        sink.event(event);
      }
    }
  }

  private static EventFormat format(EventCatalogue catalogue, String name) {
    return catalogue.find(name).orElseThrow();
  }

  private static void fill(MemoryEvent event, EventFormat format, int work, int i) {
    switch (format.name()) {
      case "workqueue_queue_work", "workqueue_execute_start", "workqueue_execute_end" -> {
        // one item in flight at a time keeps queue, start and end of a cycle a pair
        event.set(format.field("work"), 0xffff_0000_0000_0000L + (i >> 3) % 64);
        event.set(format.field("function"), 0xffff_8000_0000_1000L + work * 0x1000L);
        format.findField("workqueue").ifPresent(field -> event.set(field, "bes_sdio"));
      }
      case "sched_switch" -> {
        event.set(format.field("prev_comm"), "swapper/0");
        event.set(format.field("next_comm"), "kworker/0:1H");
        event.set(format.field("next_pid"), (i & 7) == 4 ? 100 + (i >> 3) % CPUS : 0);
      }
      case "sched_wakeup" -> {
        event.set(format.field("comm"), "kworker/0:1H");
        event.set(format.field("pid"), 100 + (i >> 3) % CPUS);
      }
      default -> event.set(format.field("irq"), 40);
    }
  }

  private static TraceMetadata metadata() {
    return TraceMetadata.ofMadeUpMachine(
        List.of(
            new TraceMetadata.EventSystem(
                "workqueue",
                List.of(
                    format(
                        "workqueue_queue_work",
                        100,
                        "void * work:8:8:0",
                        "void * function:16:8:0",
                        "__data_loc char[] workqueue:24:4:0",
                        "int req_cpu:28:4:1",
                        "int cpu:32:4:1"),
                    format(
                        "workqueue_execute_start",
                        101,
                        "void * work:8:8:0",
                        "void * function:16:8:0"),
                    format(
                        "workqueue_execute_end",
                        102,
                        "void * work:8:8:0",
                        "void * function:16:8:0"))),
            new TraceMetadata.EventSystem(
                "sched",
                List.of(
                    format(
                        "sched_switch",
                        110,
                        "char prev_comm[16]:8:16:0",
                        "pid_t prev_pid:24:4:1",
                        "int prev_prio:28:4:1",
                        "long prev_state:32:8:1",
                        "char next_comm[16]:40:16:0",
                        "pid_t next_pid:56:4:1",
                        "int next_prio:60:4:1"),
                    format(
                        "sched_wakeup",
                        111,
                        "char comm[16]:8:16:0",
                        "pid_t pid:24:4:1",
                        "int prio:28:4:1",
                        "int target_cpu:32:4:1"))),
            new TraceMetadata.EventSystem(
                "irq",
                List.of(
                    format(
                        "irq_handler_entry", 120, "int irq:8:4:1", "__data_loc char[] name:12:4:0"),
                    format("irq_handler_exit", 121, "int irq:8:4:1", "int ret:12:4:1")))),
        kallsyms(),
        "local");
  }

  private static String format(String name, int id, String... fields) {
    StringBuilder text = new StringBuilder("name: " + name + "\nID: " + id + "\n" + COMMON);
    for (String field : fields) {
      String[] parts = field.split(":", -1);
      text.append(
          "\tfield:%s;\toffset:%s;\tsize:%s;\tsigned:%s;\n"
              .formatted(parts[0], parts[1], parts[2], parts[3]));
    }
    return text.append("\nprint fmt: \"\"\n").toString();
  }

  private static String kallsyms() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < WORKS.length; i++) {
      text.append(
          "%016x t %s\t[bes2600]\n".formatted(0xffff_8000_0000_1000L + i * 0x1000L, WORKS[i]));
    }
    return text.toString();
  }
}
