package besser.report.html;

import besser.report.text.Figures;
import besser.rig.run.FramePath;
import j2html.tags.ContainerTag;
import java.util.List;

/** One frame's way through its contexts: a lane a context, time from left to right. */
final class SwimLanes {
  private static final double WIDTH = 1100;
  private static final double LABELS = 190;
  private static final double LANE = 34;

  private final FramePath path;
  private final List<String> lanes;
  private final Scale scale;

  private SwimLanes(FramePath path, long longestNanos) {
    this.path = path;
    this.lanes = path.spans().stream().map(FramePath.Span::lane).distinct().toList();
    this.scale = new Scale(0, Math.max(1, longestNanos), LABELS, WIDTH - 10);
  }

  /** On a time axis of the given length, so that two paths can be laid side by side. */
  static ContainerTag<?> of(FramePath path, long longestNanos) {
    return new SwimLanes(path, longestNanos).draw();
  }

  static long length(FramePath path) {
    return path.spans().stream().mapToLong(FramePath.Span::endNanos).max().orElse(0);
  }

  private ContainerTag<?> draw() {
    double height = lanes.size() * LANE + 26;
    ContainerTag<?> svg = Svg.svg(WIDTH, height, "the way of one frame, " + path.variant());
    for (int i = 0; i < lanes.size(); i++) {
      double y = i * LANE;
      svg.with(Svg.rect(0, y, WIDTH, LANE - 2, i % 2 == 0 ? "lane" : "lane odd"));
      svg.with(Svg.text(6, y + 20, "lane-name", lanes.get(i)));
    }
    for (FramePath.Span span : path.spans()) span(svg, span);
    for (FramePath.Handover handover : path.handovers()) handover(svg, handover);
    axis(svg, lanes.size() * LANE);
    return svg;
  }

  private void span(ContainerTag<?> svg, FramePath.Span span) {
    double x = scale.at((double) span.startNanos());
    double width = Math.max(1.5, scale.at((double) span.endNanos()) - x);
    double y = lanes.indexOf(span.lane()) * LANE + 4;
    String told = span.label() + ", " + micros(span.endNanos() - span.startNanos());
    svg.with(Svg.rect(x, y, width, LANE - 10, "span").with(Svg.title(told)));
    if (width > 6.2 * span.label().length()) {
      svg.with(Svg.text(x + 3, y + 16, "span-text", span.label()));
    }
  }

  private void handover(ContainerTag<?> svg, FramePath.Handover handover) {
    int from = lanes.indexOf(handover.fromLane());
    int to = lanes.indexOf(handover.toLane());
    if (from < 0 || to < 0) return;
    double x = scale.at((double) handover.atNanos());
    String told = "%s: %s to %s".formatted(handover.how(), handover.fromLane(), handover.toLane());
    svg.with(
        Svg.line(x, from * LANE + LANE / 2, x, to * LANE + LANE / 2, "handover")
            .with(Svg.title(told)));
    svg.with(Svg.circle(x, to * LANE + LANE / 2, 2.6, "handover"));
  }

  private void axis(ContainerTag<?> svg, double y) {
    svg.with(Svg.line(LABELS, y, WIDTH - 10, y, "axis"));
    for (double tick : scale.ticks()) {
      svg.with(Svg.line(scale.at(tick), y, scale.at(tick), y + 4, "axis"));
      svg.with(Svg.text(scale.at(tick), y + 17, "tick middle", micros((long) tick)));
    }
  }

  static String micros(long nanos) {
    return Figures.of(nanos / 1000.0, "µs");
  }
}
