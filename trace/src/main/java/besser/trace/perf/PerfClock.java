package besser.trace.perf;

/** Clocks by the numbers of {@code clock_gettime}, under the names tracefs has for them. */
final class PerfClock {
  /** What perf stamps records with unless {@code -k} is given; tracefs has it by this name. */
  static final String DEFAULT = "perf";

  private PerfClock() {}

  static String name(int clockId) {
    return switch (clockId) {
      case 1 -> "mono";
      case 4 -> "mono_raw";
      case 7 -> "boot";
      case 11 -> "tai";
      case 0 -> "realtime";
      default -> "clock-" + clockId;
    };
  }
}
