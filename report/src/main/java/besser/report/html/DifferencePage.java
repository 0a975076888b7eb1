package besser.report.html;

import static j2html.TagCreator.body;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.document;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.style;
import static j2html.TagCreator.title;

import besser.metrics.table.Difference;
import besser.report.text.Figures;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Two captures as one self-contained page: tables of what changed, and a flame graph each way. */
public final class DifferencePage {
  private static final int ROWS = 30;
  private static final double SWATCH_WIDTH = 51;
  private static final double SWATCH_HEIGHT = 16;

  private static final List<String> STYLES =
      List.of("shrank3", "shrank2", "shrank1", "same", "grew1", "grew2", "grew3");
  private static final List<String> CHANGES =
      List.of("< \u22125", "\u22125…\u22121", "\u22121…0", "none", "0…+1", "+1…+5", "> +5");

  private DifferencePage() {}

  /**
   * One of the two.
   *
   * @param path where it lies
   * @param form what it is, for the page's head
   * @param stacks samples by folded call chain
   */
  public record Side(String path, String form, Map<String, Long> stacks) {}

  /**
   * The page.
   *
   * @param events how the rates of events changed, where both hold events
   * @param functions how the shares of functions changed, where both hold samples
   */
  public static String render(
      Side before, Side after, Optional<Difference> events, Optional<Difference> functions) {
    List<String> names = shortNames(before.path, after.path);
    String heading = names.get(0) + " \u2192 " + names.get(1);
    CallTree first = tree(before.stacks);
    CallTree second = tree(after.stacks);
    List<DomContent> content = new ArrayList<>();
    content.add(header(h1(heading), sides(before, first, after, second)));
    content.add(flames(names, first, second));
    functions.ifPresent(
        found ->
            content.add(growths("Functions", "share of samples", found, 100, " %", " points")));
    events.ifPresent(found -> content.add(growths("Events", "per second", found, 1, "", "")));
    content.add(footer(p("Made by besser diff.")));
    return document().render()
        + html(
                head(
                    meta().withCharset("utf-8"),
                    meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                    meta().withName("color-scheme").withContent("light dark"),
                    title(heading + " \u2014 besser diff"),
                    style(rawHtml(HtmlReport.resource("report.css")))),
                body(content.toArray(new DomContent[0])))
            .withLang("en")
            .render();
  }

  private static DomContent sides(Side before, CallTree first, Side after, CallTree second) {
    String text = "%s: %s, %,d samples with call chains";
    return dl(
        dt("before"),
        dd(String.format(Locale.ROOT, text, before.path, before.form, first.samples())),
        dt("after"),
        dd(String.format(Locale.ROOT, text, after.path, after.form, second.samples())));
  }

  private static DomContent flames(List<String> names, CallTree first, CallTree second) {
    return section(
        h2("CPU samples by call stack"),
        p("Colour: change of a frame's share of all samples, in points.").withClass("faint"),
        scrolled(legend()),
        p("Width: share after, %s; the whole width is 100 %%.".formatted(names.get(1))),
        scrolled(FlameGraph.difference(names.get(1), second, first)),
        p(
            "Width: share before, %s; shows what is gone. Colours mean the same."
                .formatted(names.get(0))),
        scrolled(FlameGraph.differenceOnBefore(names.get(0), first, second)));
  }

  private static ContainerTag<?> legend() {
    ContainerTag<?> svg =
        Svg.svg(SWATCH_WIDTH * STYLES.size(), SWATCH_HEIGHT, "colours by change of share");
    for (int i = 0; i < STYLES.size(); i++) {
      double x = i * SWATCH_WIDTH;
      svg.with(Svg.rect(x, 0, SWATCH_WIDTH - 2, SWATCH_HEIGHT, "flame " + STYLES.get(i)));
      svg.with(Svg.text(x + 6, SWATCH_HEIGHT - 4, "flame-text", CHANGES.get(i)));
    }
    return svg;
  }

  private static DomContent growths(
      String heading,
      String measure,
      Difference found,
      double scale,
      String unit,
      String unitOfChange) {
    List<Difference.Growth> shown =
        found.growths().subList(0, Math.min(ROWS, found.growths().size()));
    int more = found.growths().size() - shown.size();
    return section(
        h2(heading + " by change"),
        p("A change below about 3 standard errors is noise; above, only repetitions tell.")
            .withClass("faint"),
        Sections.scrolling(
            List.of(
                heading.toLowerCase(Locale.ROOT),
                measure + " before",
                "after",
                "change",
                "in standard errors"),
            shown.stream().map(growth -> row(found, growth, scale, unit, unitOfChange)).toList()),
        p(more > 0 ? "and %,d more".formatted(more) : "").withClass("faint"),
        p(found.hasUnknown() ? "–: none there; perhaps it was not recorded." : "")
            .withClass("faint"));
  }

  private static List<String> row(
      Difference found, Difference.Growth growth, double scale, String unit, String unitOfChange) {
    if (!found.isKnown(growth)) {
      return List.of(
          growth.name(),
          growth.beforeCount() == 0 ? "–" : Figures.number(growth.before() * scale) + unit,
          growth.afterCount() == 0 ? "–" : Figures.number(growth.after() * scale) + unit,
          "",
          "");
    }
    return List.of(
        growth.name(),
        Figures.number(growth.before() * scale) + unit,
        Figures.number(growth.after() * scale) + unit,
        signed(growth.change() * scale) + unitOfChange,
        String.format(Locale.ROOT, "%+.1f", growth.standardErrors()));
  }

  private static String signed(double change) {
    return (change > 0 ? "+" : "") + Figures.number(change);
  }

  private static DomContent scrolled(DomContent wide) {
    return div(wide).withClass("scroll").attr("tabindex", "0");
  }

  /** The paths without what both begin and end with; whole where nothing would be left. */
  static List<String> shortNames(String before, String after) {
    List<String> first = List.of(before.split("/", -1));
    List<String> second = List.of(after.split("/", -1));
    int shorter = Math.min(first.size(), second.size());
    int start = 0;
    while (start < shorter && first.get(start).equals(second.get(start))) start++;
    int end = 0;
    while (end < shorter - start
        && first.get(first.size() - 1 - end).equals(second.get(second.size() - 1 - end))) {
      end++;
    }
    String one = String.join("/", first.subList(start, first.size() - end));
    String other = String.join("/", second.subList(start, second.size() - end));
    return one.isEmpty() || other.isEmpty() ? List.of(before, after) : List.of(one, other);
  }

  /** Frames without the mark of the kernel, which nearly all have. */
  private static CallTree tree(Map<String, Long> stacks) {
    CallTree tree = new CallTree();
    List<String> lines = new ArrayList<>();
    stacks.forEach((stack, samples) -> lines.add(stack.replace("_[k]", "") + " " + samples));
    tree.addFolded(lines);
    return tree;
  }

  /** The chains of both with both counts, as FlameGraph's {@code difffolded.pl} writes them. */
  public static List<String> folded(Map<String, Long> before, Map<String, Long> after) {
    SortedSet<String> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    return all.stream()
        .map(
            stack ->
                "%s %d %d"
                    .formatted(
                        stack, before.getOrDefault(stack, 0L), after.getOrDefault(stack, 0L)))
        .toList();
  }
}
