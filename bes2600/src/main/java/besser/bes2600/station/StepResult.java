package besser.bes2600.station;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What one step of a ramp left.
 *
 * @param load what was offered
 * @param startNanos when it began, since boot, a whole second
 * @param seconds how many seconds it ran; less than asked when the link died
 * @param goodputBytesPerSecond what the receiving program got in each second
 * @param linkDeath when the link died in it
 * @param counters what was counted during it
 */
public record StepResult(
    Load load,
    long startNanos,
    int seconds,
    List<Long> goodputBytesPerSecond,
    Optional<LinkDeath> linkDeath,
    StationCounters counters) {
  public StepResult {
    goodputBytesPerSecond = List.copyOf(goodputBytesPerSecond);
  }

  /** Mean goodput in bytes per second; 0 when it ran no whole second. */
  public double meanGoodput() {
    return goodputBytesPerSecond.stream().mapToLong(Long::longValue).average().orElse(0);
  }

  /** Median of the seconds' goodput in bytes per second; 0 when it ran no whole second. */
  public double medianGoodput() {
    long[] sorted = goodputBytesPerSecond.stream().mapToLong(Long::longValue).sorted().toArray();
    if (sorted.length == 0) return 0;
    int middle = sorted.length / 2;
    if (sorted.length % 2 == 1) return sorted[middle];
    return Arrays.stream(sorted, middle - 1, middle + 1).average().orElse(0);
  }
}
