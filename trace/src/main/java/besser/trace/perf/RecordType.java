package besser.trace.perf;

/**
 * Numbers of the record types: those below 64 come from the kernel ({@code enum perf_event_type}),
 * the others from the perf tool ({@code enum perf_user_event_type}).
 */
final class RecordType {
  static final int MMAP = 1;
  static final int LOST = 2;
  static final int COMM = 3;
  static final int EXIT = 4;
  static final int THROTTLE = 5;
  static final int UNTHROTTLE = 6;
  static final int FORK = 7;
  static final int READ = 8;
  static final int SAMPLE = 9;
  static final int MMAP2 = 10;
  static final int LOST_SAMPLES = 13;
  static final int KSYMBOL = 17;
  static final int LAST_KERNEL_TYPE = 22;

  static final int FIRST_USER_TYPE = 64;
  static final int HEADER_ATTR = 64;
  static final int HEADER_EVENT_TYPE = 65;
  static final int HEADER_TRACING_DATA = 66;
  static final int HEADER_BUILD_ID = 67;
  static final int FINISHED_ROUND = 68;
  static final int AUXTRACE = 71;
  static final int EVENT_UPDATE = 78;
  static final int HEADER_FEATURE = 80;
  static final int COMPRESSED = 81;
  static final int COMPRESSED2 = 83;
  static final int LAST_USER_TYPE = 85;

  /** Every record starts with type, misc flags and its own size. */
  static final int HEADER_BYTES = 8;

  /** A record's size is 16 bits wide. */
  static final int LIMIT_BYTES = 1 << 16;

  static final int MISC_CPU_MODE_MASK = 7;
  static final int MISC_KERNEL = 1;
  static final int MISC_USER = 2;
  static final int MISC_FORK_EXEC = 1 << 13;
  static final int MISC_MMAP_BUILD_ID = 1 << 14;

  private RecordType() {}
}
