package besser.trace.perf;

/** Numbers of the feature sections ({@code enum} of {@code tools/perf/util/header.h}). */
final class Feature {
  static final int TRACING_DATA = 1;
  static final int BUILD_ID = 2;
  static final int HOSTNAME = 3;
  static final int OSRELEASE = 4;
  static final int VERSION = 5;
  static final int ARCH = 6;
  static final int NRCPUS = 7;
  static final int CPUDESC = 8;
  static final int CPUID = 9;
  static final int TOTAL_MEM = 10;
  static final int CMDLINE = 11;
  static final int EVENT_DESC = 12;
  static final int PMU_MAPPINGS = 16;
  static final int SAMPLE_TIME = 21;
  static final int COMPRESSED = 27;
  static final int CLOCK_DATA = 29;

  /** The last feature perf knows today ({@code HEADER_CPU_DOMAIN_INFO}). */
  static final int LAST = 32;

  private Feature() {}
}
