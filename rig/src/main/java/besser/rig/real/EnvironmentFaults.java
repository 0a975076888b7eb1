package besser.rig.real;

import besser.experiment.verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the environment's readings say against a step's figures. */
final class EnvironmentFaults {
  /** Wall clock against boot time; NTP slews stay far below. */
  private static final double JUMP_SECONDS = 2;

  private EnvironmentFaults() {}

  /** The reasons not to use the step's figures; none when the environment was steady. */
  static List<Outcome.Invalidity> of(Map<String, List<Environment.Point>> readings) {
    List<Outcome.Invalidity> faults = new ArrayList<>();
    double jump = drift(readings.getOrDefault("clock.boot_time", List.of()));
    if (Math.abs(jump) >= JUMP_SECONDS) faults.add(new Outcome.ClockJumped(jump));
    double hotter = drift(readings.getOrDefault("cpu.throttled", List.of()));
    if (hotter > 0) {
      faults.add(
          new Outcome.Throttled(
              String.format(Locale.ROOT, "throttling states and counts rose by %.0f", hotter)));
    }
    double lower = -drift(readings.getOrDefault("cpu.frequency_limit", List.of()));
    if (lower > 0) {
      faults.add(
          new Outcome.Throttled(
              String.format(Locale.ROOT, "the frequency limit fell by %.0f MHz", lower / 1e6)));
    }
    return faults;
  }

  /** The greatest distance from the first reading, with its sign. */
  private static double drift(List<Environment.Point> points) {
    double drift = 0;
    for (Environment.Point point : points) {
      double away = point.value() - points.getFirst().value();
      if (Math.abs(away) > Math.abs(drift)) drift = away;
    }
    return drift;
  }
}
