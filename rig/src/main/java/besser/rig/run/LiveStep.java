package besser.rig.run;

import besser.metrics.Source;
import java.util.List;

/**
 * What a running step shows of itself to those who watch it. It is for looking at: a figure that is
 * judged is computed from the whole capture behind the step.
 *
 * @param arm {@code baseline}, {@code patched} or {@code other}
 * @param step its id in the plan's ramp
 * @param offeredBytesPerSecond what the plan asks to be offered
 * @param stepProgress of the step, in the device's own time
 * @param rampProgress of the repetition's whole ramp
 * @param goodputBytesPerSecond one value a second, at most the last minute; the last is the newest
 * @param rates the plan's event and function rates that are known by now
 * @param symbols the functions with most CPU samples of the step so far, at most ten
 * @param samples how many samples they are of, idle ones apart
 */
public record LiveStep(
    RepetitionId repetition,
    String arm,
    String step,
    double offeredBytesPerSecond,
    Done stepProgress,
    Done rampProgress,
    List<Double> goodputBytesPerSecond,
    List<Rate> rates,
    List<Symbol> symbols,
    long samples) {
  public LiveStep {
    goodputBytesPerSecond = List.copyOf(goodputBytesPerSecond);
    rates = List.copyOf(rates);
    symbols = List.copyOf(symbols);
  }

  /** Whether a metric is shown among the rates: so many events or calls a second. */
  public static boolean isRate(Source source) {
    return switch (source) {
      case Source.EventRate rate -> rate.per() == Source.Per.SECOND;
      case Source.FunctionRate rate -> rate.per() == Source.Per.SECOND;
      case Source.SampleShare _,
          Source.CpuTime _,
          Source.PairedDuration _,
          Source.RunQueueWait _,
          Source.LockRate _,
          Source.LockWait _,
          Source.WakeRate _,
          Source.Goodput _,
          Source.Series _,
          Source.Link _,
          Source.Ratio _,
          Source.Spread _ ->
          false;
    };
  }

  /** How much of a time is over, both in seconds. */
  public record Done(double seconds, double ofSeconds) {
    /** What is left of it; 0 once it is over. */
    public double leftSeconds() {
      return Math.max(0, ofSeconds - seconds);
    }
  }

  /** A metric's value in the newest seconds that are known whole. */
  public record Rate(String metric, double value, String unit) {}

  /** A function's share of the samples, 0 to 1. */
  public record Symbol(String name, double share) {}
}
