package besser.trace.export;

import java.util.Map;

/**
 * Field numbers of the Perfetto trace format, from {@code protos/perfetto/trace} of the Perfetto
 * repository. A trace is a sequence of {@code TracePacket} in the field {@link #TRACE_PACKET}.
 */
final class PerfettoFields {
  static final int TRACE_PACKET = 1;

  static final int PACKET_FTRACE_EVENTS = 1;
  static final int PACKET_PROCESS_TREE = 2;
  static final int PACKET_TIMESTAMP = 8;
  static final int PACKET_SEQUENCE_ID = 10;
  static final int PACKET_INTERNED_DATA = 12;
  static final int PACKET_SEQUENCE_FLAGS = 13;
  static final int PACKET_DEFAULTS = 59;
  static final int PACKET_PERF_SAMPLE = 66;

  static final int SEQUENCE_STATE_CLEARED = 1;
  static final int SEQUENCE_NEEDS_STATE = 2;

  static final int BUNDLE_CPU = 1;
  static final int BUNDLE_EVENT = 2;
  static final int BUNDLE_LOST_EVENTS = 3;

  static final int EVENT_TIMESTAMP = 1;
  static final int EVENT_PID = 2;
  static final int EVENT_GENERIC = 327;

  static final int GENERIC_EVENT_NAME = 1;
  static final int GENERIC_FIELD = 2;
  static final int GENERIC_FIELD_NAME = 1;
  static final int GENERIC_FIELD_TEXT = 3;
  static final int GENERIC_FIELD_SIGNED = 4;
  static final int GENERIC_FIELD_UNSIGNED = 5;

  static final int INTERNED_FUNCTION_NAMES = 5;
  static final int INTERNED_FRAMES = 6;
  static final int INTERNED_CALLSTACKS = 7;
  static final int INTERNED_MAPPING_PATHS = 17;
  static final int INTERNED_MAPPINGS = 19;
  static final int INTERNED_KERNEL_SYMBOLS = 26;

  static final int INTERNED_ID = 1;
  static final int INTERNED_TEXT = 2;
  static final int MAPPING_PATH = 7;
  static final int FRAME_FUNCTION_NAME = 2;
  static final int FRAME_MAPPING = 3;
  static final int FRAME_RELATIVE_ADDRESS = 4;
  static final int CALLSTACK_FRAMES = 2;

  static final int SAMPLE_CPU = 1;
  static final int SAMPLE_PID = 2;
  static final int SAMPLE_TID = 3;
  static final int SAMPLE_CALLSTACK = 4;
  static final int SAMPLE_CPU_MODE = 5;
  static final int SAMPLE_TIMEBASE_COUNT = 6;
  static final int SAMPLE_RECORDS_LOST = 17;
  static final int MODE_KERNEL = 1;
  static final int MODE_USER = 2;

  static final int DEFAULTS_PERF_SAMPLE = 12;
  static final int PERF_DEFAULTS_TIMEBASE = 1;
  static final int TIMEBASE_COUNTER = 4;
  static final int TIMEBASE_NAME = 10;
  static final int COUNTER_CPU_CLOCK = 1;

  static final int TREE_PROCESSES = 1;
  static final int TREE_THREADS = 2;
  static final int PROCESS_PID = 1;
  static final int PROCESS_COMMAND_LINE = 3;
  static final int THREAD_TID = 1;
  static final int THREAD_NAME = 2;
  static final int THREAD_TGID = 3;

  /**
   * An event with a message of its own in {@code FtraceEvent}, which Perfetto turns into slices and
   * states.
   *
   * @param field its number in {@code FtraceEvent}
   * @param fields numbers of its fields by their ftrace names
   */
  record KnownEvent(int field, Map<String, Integer> fields) {}

  private static final Map<String, Integer> WAKE_UP =
      Map.of("comm", 1, "pid", 2, "prio", 3, "success", 4, "target_cpu", 5);
  private static final Map<String, Integer> WORK = Map.of("work", 1, "function", 2);

  static final Map<String, KnownEvent> KNOWN_EVENTS =
      Map.ofEntries(
          Map.entry(
              "sched:sched_switch",
              new KnownEvent(
                  4,
                  Map.of(
                      "prev_comm",
                      1,
                      "prev_pid",
                      2,
                      "prev_prio",
                      3,
                      "prev_state",
                      4,
                      "next_comm",
                      5,
                      "next_pid",
                      6,
                      "next_prio",
                      7))),
          Map.entry("power:cpu_frequency", new KnownEvent(11, Map.of("state", 1, "cpu_id", 2))),
          Map.entry("power:cpu_idle", new KnownEvent(13, Map.of("state", 1, "cpu_id", 2))),
          Map.entry("sched:sched_wakeup", new KnownEvent(17, WAKE_UP)),
          Map.entry("sched:sched_waking", new KnownEvent(20, WAKE_UP)),
          Map.entry("irq:softirq_entry", new KnownEvent(24, Map.of("vec", 1))),
          Map.entry("irq:softirq_exit", new KnownEvent(25, Map.of("vec", 1))),
          Map.entry("irq:softirq_raise", new KnownEvent(26, Map.of("vec", 1))),
          Map.entry("irq:irq_handler_entry", new KnownEvent(36, Map.of("irq", 1, "name", 2))),
          Map.entry("irq:irq_handler_exit", new KnownEvent(37, Map.of("irq", 1, "ret", 2))),
          Map.entry("workqueue:workqueue_activate_work", new KnownEvent(56, WORK)),
          Map.entry("workqueue:workqueue_execute_end", new KnownEvent(57, WORK)),
          Map.entry("workqueue:workqueue_execute_start", new KnownEvent(58, WORK)),
          Map.entry(
              "workqueue:workqueue_queue_work",
              new KnownEvent(
                  59, Map.of("work", 1, "function", 2, "req_cpu", 4, "cpu", 5, "workqueue", 6))),
          Map.entry("sched:sched_wakeup_new", new KnownEvent(114, WAKE_UP)));

  private PerfettoFields() {}
}
