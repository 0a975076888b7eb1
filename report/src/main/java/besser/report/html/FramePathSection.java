package besser.report.html;

import static j2html.TagCreator.div;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;

import besser.rig.run.FramePath;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/** The way of one received frame through its contexts, an arm each, on one time axis. */
final class FramePathSection {
  private FramePathSection() {}

  static DomContent of(ReportInput input) {
    if (input.framePaths().isEmpty()) {
      return Sections.titled("frame-path", "The path of one frame", p("No trace was kept."));
    }
    long longest = input.framePaths().stream().mapToLong(SwimLanes::length).max().orElse(1);
    List<DomContent> content = new ArrayList<>();
    content.add(
        p(
            "One batch, seen in the trace, from the card's interrupt until the last of its frames"
                + " has reached the network stack. Vertical lines hand work over."));
    for (FramePath path : input.framePaths()) {
      content.add(h3(path.variant() + ", " + SwimLanes.micros(SwimLanes.length(path))));
      content.add(div(SwimLanes.of(path, longest)).withClass("scroll").attr("tabindex", "0"));
      content.add(
          Sections.asTable(
              "The spans of " + path.variant() + " as a table",
              List.of("context", "what", "start", "duration"),
              path.spans().stream().map(FramePathSection::row).toList()));
    }
    return Sections.titled(
        "frame-path", "The path of one frame", content.toArray(DomContent[]::new));
  }

  private static List<String> row(FramePath.Span span) {
    return List.of(
        span.lane(),
        span.label(),
        SwimLanes.micros(span.startNanos()),
        SwimLanes.micros(span.endNanos() - span.startNanos()));
  }
}
