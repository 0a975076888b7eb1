package besser.experiment.verdict;

import besser.experiment.plan.Arm;
import besser.experiment.plan.Metric;
import besser.experiment.plan.Plan;
import besser.experiment.stats.LogSample;
import besser.experiment.stats.NoiseFloor;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Noise floors from an A/A run: one in which both arms ran the same variant. */
public final class NoiseFloors {
  private NoiseFloors() {}

  /** The noise floor of each metric at each step that has one, by {@code metric@step}. */
  public static SortedMap<String, NoiseFloor> of(Plan plan, Outcome outcome) {
    Samples samples = new Samples(plan, outcome);
    SortedMap<String, NoiseFloor> floors = new TreeMap<>();
    for (Metric metric : plan.metrics()) {
      for (String step : metric.steps()) {
        List<LogSample> groups =
            Arrays.stream(Arm.values())
                .map(arm -> samples.of(metric, step, arm).values())
                .filter(values -> values.size() >= 2)
                .map(values -> LogSample.of(values, metric.floor()))
                .toList();
        if (!groups.isEmpty()) {
          floors.put(Metric.at(metric.id(), step), NoiseFloor.of(groups));
        }
      }
    }
    return floors;
  }
}
