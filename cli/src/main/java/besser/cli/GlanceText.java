package besser.cli;

import besser.experiment.plan.Plan;
import besser.report.text.Style;
import besser.report.text.TextTable;
import besser.rig.run.LiveStep;
import besser.rig.run.RunRecord;
import besser.rig.run.WatchPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is to be seen of a run, in words. */
final class GlanceText {
  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final int SYMBOLS = 8;

  private GlanceText() {}

  /** A screen full. */
  static List<String> screen(Glance glance, Optional<Plan> plan, Style style, int width) {
    List<String> lines = new ArrayList<>();
    lines.add(style.strong(cut(title(glance), width)));
    lines.add(cut(progress(glance, plan), width));
    if (glance.steps().isEmpty() && glance.end().isEmpty()) {
      lines.add("");
      lines.add(cut("between steps: an arm is entered, or a step's figures are computed", width));
    }
    for (WatchPoint.Seen seen : glance.steps()) {
      lines.add("");
      lines.add(style.strong(cut(step(seen.step()), width)));
      for (String line : figures(seen.step(), width)) lines.add(cut(line, width));
    }
    return lines;
  }

  private static String title(Glance glance) {
    return glance
        .run()
        .map(
            run ->
                "%s: %s on %s%s%s"
                    .formatted(
                        glance.root(),
                        run.plan(),
                        run.device(),
                        run.simulated() ? " (simulated)" : "",
                        quick(run)))
        .orElse(glance.root() + ": a single repetition");
  }

  private static String quick(RunRecord run) {
    return run.durationDivisor() == 1 ? "" : ", durations divided by " + run.durationDivisor();
  }

  private static String progress(Glance glance, Optional<Plan> plan) {
    String done =
        "%d of %d repetitions finished".formatted(glance.finished(), glance.repetitions());
    if (glance.end().isPresent()) return done + "; " + glance.end().get();
    String time = glance.simulated() ? "simulated time" : "load";
    return plan.map(p -> done + ", " + minutes(glance.leftSeconds(p)) + " of " + time + " left")
        .orElse(done);
  }

  private static String step(LiveStep step) {
    return String.format(
        Locale.ROOT,
        "%s (%s)  step %s  %s of %s, %s left; ramp %s of %s",
        step.repetition(),
        step.arm(),
        step.step(),
        minutes(step.stepProgress().seconds()),
        minutes(step.stepProgress().ofSeconds()),
        minutes(step.stepProgress().leftSeconds()),
        minutes(step.rampProgress().seconds()),
        minutes(step.rampProgress().ofSeconds()));
  }

  private static List<String> figures(LiveStep step, int width) {
    TextTable table =
        new TextTable(TextTable.Align.LEFT, TextTable.Align.RIGHT, TextTable.Align.LEFT);
    List<Double> goodput = step.goodputBytesPerSecond();
    String newest = goodput.isEmpty() ? "-" : megabytes(goodput.getLast());
    String of = " of " + megabytes(step.offeredBytesPerSecond()) + "  ";
    table.row("  goodput, MB/s", newest, of + bars(goodput, step.offeredBytesPerSecond(), width));
    for (LiveStep.Rate rate : step.rates()) {
      table.row(
          "  " + rate.metric(), String.format(Locale.ROOT, "%,.0f", rate.value()), rate.unit());
    }
    List<String> lines = new ArrayList<>(table.lines());
    if (step.samples() > 0) {
      lines.add(
          String.format(Locale.ROOT, "  functions, of %,d samples outside idle", step.samples()));
      for (LiveStep.Symbol symbol : step.symbols().stream().limit(SYMBOLS).toList()) {
        lines.add(
            String.format(Locale.ROOT, "  %6.1f %%  %s", 100 * symbol.share(), symbol.name()));
      }
    }
    return lines;
  }

  /** One character a second, the newest at the right; full height is what is offered. */
  private static String bars(List<Double> goodput, double offered, int width) {
    int room = Math.max(10, width - 45);
    StringBuilder bars = new StringBuilder();
    for (double rate : goodput.subList(Math.max(0, goodput.size() - room), goodput.size())) {
      int height = (int) Math.round(rate / offered * (BARS.length() - 1));
      bars.append(BARS.charAt(Math.clamp(height, 0, BARS.length() - 1)));
    }
    return bars.toString();
  }

  /** One line for each running step, for pipes. */
  static List<String> plain(Glance glance) {
    List<String> lines = new ArrayList<>();
    for (WatchPoint.Seen seen : glance.steps()) {
      LiveStep step = seen.step();
      StringBuilder line = new StringBuilder();
      line.append(
          String.format(
              Locale.ROOT,
              "%s  %s  %.0f/%.0f s",
              step.repetition(),
              step.step(),
              step.stepProgress().seconds(),
              step.stepProgress().ofSeconds()));
      if (!step.goodputBytesPerSecond().isEmpty()) {
        String newest = megabytes(step.goodputBytesPerSecond().getLast());
        line.append("  goodput ").append(newest).append(" MB/s");
      }
      for (LiveStep.Rate rate : step.rates()) {
        line.append(
            String.format(Locale.ROOT, "  %s %.0f %s", rate.metric(), rate.value(), rate.unit()));
      }
      step.symbols().stream()
          .findFirst()
          .ifPresent(
              top ->
                  line.append(
                      String.format(
                          Locale.ROOT, "  top %s %.1f %%", top.name(), 100 * top.share())));
      lines.add(line.toString());
    }
    return lines;
  }

  private static String megabytes(double bytes) {
    return String.format(Locale.ROOT, "%.3f", bytes / 1e6);
  }

  private static String minutes(double seconds) {
    long whole = Math.round(seconds);
    return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }

  private static String cut(String line, int width) {
    return line.length() > width ? line.substring(0, width) : line;
  }
}
