package besser.kernel.observe;

/**
 * How the profile sampler works.
 *
 * @param frequencyHz samples per second and CPU of counted time, 1 to 1,000,000,000
 * @param event what is counted
 * @param irqSkid whether a sample that falls due with interrupts off is held until they are enabled
 *     (arm64 without pseudo-NMI), or taken at once (an NMI, as on x86)
 */
public record SamplerConfig(int frequencyHz, Event event, boolean irqSkid) {
  /** What a sample stands for. */
  public enum Event {
    /** {@code cycles}: time in which the CPU is not idle. */
    CYCLES,
    /** {@code cpu-clock}: all time; idle time is sampled in the idle loop. */
    CPU_CLOCK
  }

  public SamplerConfig {
    if (frequencyHz < 1 || frequencyHz > 1_000_000_000) {
      throw new IllegalArgumentException(
          "frequency must be 1 to 1000000000 Hz, got " + frequencyHz);
    }
  }

  /** {@code perf record -F 4000 -e cycles} on arm64 without pseudo-NMI. */
  public static SamplerConfig arm64() {
    return new SamplerConfig(4000, Event.CYCLES, true);
  }
}
