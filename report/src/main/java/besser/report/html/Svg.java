package besser.report.html;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import java.util.Locale;

/** The few SVG elements that the charts are made of; lengths are in user units. */
final class Svg {
  private Svg() {}

  static ContainerTag<?> svg(double width, double height, String label) {
    return tag("svg")
        .attr("viewBox", "0 0 " + number(width) + " " + number(height))
        .attr("role", "img")
        .attr("aria-label", label)
        .attr("width", number(width))
        .attr("height", number(height));
  }

  static ContainerTag<?> rect(double x, double y, double width, double height, String style) {
    return tag("rect")
        .attr("x", number(x))
        .attr("y", number(y))
        .attr("width", number(Math.max(0, width)))
        .attr("height", number(height))
        .attr("class", style);
  }

  static ContainerTag<?> line(double x1, double y1, double x2, double y2, String style) {
    return tag("line")
        .attr("x1", number(x1))
        .attr("y1", number(y1))
        .attr("x2", number(x2))
        .attr("y2", number(y2))
        .attr("class", style);
  }

  static ContainerTag<?> circle(double x, double y, double radius, String style) {
    return tag("circle")
        .attr("cx", number(x))
        .attr("cy", number(y))
        .attr("r", number(radius))
        .attr("class", style);
  }

  static ContainerTag<?> text(double x, double y, String style, String content) {
    return tag("text")
        .attr("x", number(x))
        .attr("y", number(y))
        .attr("class", style)
        .withText(content);
  }

  /** What a pointer over the element, or a screen reader in it, is told. */
  static ContainerTag<?> title(String content) {
    return tag("title").withText(content);
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
