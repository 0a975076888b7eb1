package besser.report.html;

import besser.experiment.verdict.Verdict;
import besser.report.text.Figures;
import j2html.tags.ContainerTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was claimed, as a band, and what was measured, as a point with its interval. */
final class IntervalPlot {
  private static final double WIDTH = 300;
  private static final double MARGIN = 16;

  /** Where the unit stands. */
  private static final double UNIT = 44;

  private static final double RIGHT = WIDTH - UNIT;
  private static final double MIDDLE = 20;
  private static final double AXIS = 40;

  private IntervalPlot() {}

  static Optional<ContainerTag<?>> of(String name, Verdict.ClaimResult claim) {
    if (claim.figure().isEmpty()) return Optional.empty();
    Scale scale = Scale.over(values(claim), MARGIN, RIGHT);
    ContainerTag<?> svg = Svg.svg(WIDTH, 58, label(name, claim));
    band(svg, scale, claim);
    svg.with(Svg.line(MARGIN, AXIS, RIGHT, AXIS, "axis"));
    for (double tick : scale.ticks()) {
      svg.with(Svg.line(scale.at(tick), AXIS, scale.at(tick), AXIS + 4, "axis"));
      svg.with(Svg.text(scale.at(tick), AXIS + 15, "tick middle", Figures.number(tick)));
    }
    String unit = claim.figureUnit().isEmpty() ? "ratio" : claim.figureUnit();
    svg.with(Svg.text(RIGHT + 6, AXIS + 4, "tick", unit));
    measured(svg, scale, claim);
    return Optional.of(svg);
  }

  private static void band(ContainerTag<?> svg, Scale scale, Verdict.ClaimResult claim) {
    if (claim.regionLow().isEmpty() && claim.regionHigh().isEmpty()) return;
    double left = claim.regionLow().map(scale::at).orElse(MARGIN);
    double right = claim.regionHigh().map(scale::at).orElse(RIGHT);
    svg.with(Svg.rect(left, 6, Math.max(3, right - left), AXIS - 6, "claimed"));
  }

  private static void measured(ContainerTag<?> svg, Scale scale, Verdict.ClaimResult claim) {
    String style = "measured " + claim.result().name().toLowerCase(Locale.ROOT);
    claim
        .interval()
        .ifPresent(
            interval -> {
              double left = interval.low().map(scale::at).orElse(MARGIN);
              double right = interval.high().map(scale::at).orElse(RIGHT);
              svg.with(Svg.line(left, MIDDLE, right, MIDDLE, style));
              svg.with(Svg.line(left, MIDDLE - 5, left, MIDDLE + 5, style));
              svg.with(Svg.line(right, MIDDLE - 5, right, MIDDLE + 5, style));
            });
    claim.figure().ifPresent(f -> svg.with(Svg.circle(scale.at(f), MIDDLE, 4.5, style)));
  }

  private static List<Double> values(Verdict.ClaimResult claim) {
    List<Double> values = new ArrayList<>();
    claim.figure().ifPresent(values::add);
    claim.regionLow().filter(Double::isFinite).ifPresent(values::add);
    claim.regionHigh().filter(Double::isFinite).ifPresent(values::add);
    claim.interval().flatMap(Verdict.Interval::low).ifPresent(values::add);
    claim.interval().flatMap(Verdict.Interval::high).ifPresent(values::add);
    return values;
  }

  private static String label(String name, Verdict.ClaimResult claim) {
    return "%s: claimed %s, measured %s, %s"
        .formatted(
            name,
            claim.claimed(),
            claim.figure().map(f -> Figures.of(f, claim.figureUnit())).orElse("nothing"),
            claim.result().name().toLowerCase(Locale.ROOT));
  }
}
