package besser.report.text;

import besser.experiment.plan.Plan;
import besser.experiment.stats.NoiseFloor;
import besser.rig.run.NoiseRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The noise floors of an A/A run as lines of text. */
public final class NoiseText {
  private NoiseText() {}

  /** One line for each metric and step, and what they mean. */
  public static List<String> lines(NoiseRecord noise, Plan plan) {
    double level = 1 - plan.protocol().significance();
    List<String> lines = new ArrayList<>();
    lines.add(
        "A/A run: %s against itself on %s%s, %d + %d repetitions%s"
            .formatted(
                noise.variant(),
                noise.device(),
                noise.simulated() ? " (simulated)" : "",
                noise.repetitions(),
                noise.repetitions(),
                noise.durationDivisor() == 1
                    ? ""
                    : ", durations divided by " + noise.durationDivisor()));
    lines.add("");
    TextTable table =
        new TextTable(TextTable.Align.LEFT, TextTable.Align.RIGHT, TextTable.Align.RIGHT);
    table.row(
        "metric @ step",
        "spread between repetitions",
        String.format(Locale.ROOT, "arms differ by chance (%.0f %%)", 100 * level));
    for (Map.Entry<String, NoiseFloor> floor : noise.floors().entrySet()) {
      double spread = floor.getValue().standardDeviation();
      double ratio = floor.getValue().ratio(noise.repetitions(), noise.repetitions(), level);
      table.row(
          floor.getKey().replace("@", " @ "),
          change(StrictMath.exp(spread)),
          "up to " + change(ratio));
    }
    lines.addAll(table.lines());
    return List.copyOf(lines);
  }

  /** A change in percent, or as a factor where that would be a long number. */
  private static String change(double ratio) {
    if (ratio >= 2) return String.format(Locale.ROOT, ratio < 1e4 ? "×%.1f" : "×%.0e", ratio);
    double percent = 100 * (ratio - 1);
    return String.format(Locale.ROOT, percent < 10 ? "%.2f %%" : "%.0f %%", percent);
  }
}
