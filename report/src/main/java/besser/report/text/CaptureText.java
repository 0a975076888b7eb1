package besser.report.text;

import besser.metrics.Figure;
import besser.metrics.MetricDefinition;
import besser.metrics.Quality;
import besser.metrics.SecondSeries;
import besser.metrics.Window;
import besser.metrics.WindowFigures;
import besser.metrics.capture.CaptureFigures;
import besser.metrics.table.EventTable;
import besser.metrics.table.FunctionTable;
import besser.metrics.table.LockTable;
import besser.metrics.table.WorkTable;
import besser.report.text.TextTable.Align;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The figures and tables of a capture for a terminal. */
public final class CaptureText {
  private static final String INDENT = "  ";
  private static final int LONGEST_NAME = 56;

  private final CaptureFigures figures;
  private final Map<String, String> nouns = new TreeMap<>();
  private final Style style;
  private final int rows;

  /**
   * @param definitions say what each figure's observations are
   * @param rows how many rows of a table are shown
   */
  public CaptureText(
      CaptureFigures figures, List<MetricDefinition> definitions, Style style, int rows) {
    this.figures = figures;
    definitions.forEach(metric -> nouns.put(metric.id(), metric.observations()));
    this.style = style;
    this.rows = rows;
  }

  /** All lines; the values of every second where they are wanted. */
  public List<String> lines(boolean perSecond) {
    List<String> lines = new ArrayList<>();
    String forms = String.join(", ", figures.forms());
    lines.add(style.strong(figures.capture()) + " (" + forms + "), clock " + figures.clock());
    figures.remarks().forEach(remark -> lines.add(INDENT + style.bad(remark)));
    for (WindowFigures window : figures.windows()) {
      lines.add("");
      lines.addAll(window(window));
      if (perSecond) {
        lines.addAll(seconds(window));
      }
    }
    figures.events().ifPresent(table -> lines.addAll(events(table)));
    figures.functions().ifPresent(table -> lines.addAll(functions(table)));
    figures.work().ifPresent(table -> lines.addAll(work(table)));
    figures.locks().ifPresent(table -> lines.addAll(locks(table)));
    return lines;
  }

  private List<String> window(WindowFigures of) {
    Window window = of.window();
    List<String> lines = new ArrayList<>();
    lines.add(
        style.strong(window.name())
            + ": "
            + Figures.of(window.seconds(), "s")
            + " from "
            + seconds(window.startNanos()));
    TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.LEFT, Align.LEFT);
    for (Figure figure : of.figures()) {
      boolean missing = figure.value().isEmpty();
      table.row(
          INDENT + figure.metric(),
          missing ? "–" : Figures.of(figure.value().getAsDouble(), figure.unit().symbol()),
          missing
              ? ""
              : "%,d %s"
                  .formatted(figure.weight(), nouns.getOrDefault(figure.metric(), "observations")),
          figure.quality() instanceof Quality.Sound ? "" : style.open(figure.quality().sentence()));
    }
    lines.addAll(table.lines());
    return lines;
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.6f s", nanos / 1e9);
  }

  /** A row a second, a column a metric. */
  private static List<String> seconds(WindowFigures of) {
    if (of.series().isEmpty()) {
      return List.of();
    }
    Align[] aligns = new Align[of.series().size() + 1];
    java.util.Arrays.fill(aligns, Align.RIGHT);
    TextTable table = new TextTable(aligns);
    List<String> heading = new ArrayList<>(List.of(INDENT + "second"));
    of.series().forEach(one -> heading.add(one.metric() + " " + one.unit().symbol()));
    table.row(heading.toArray(String[]::new));
    for (int second = 0; second < of.series().getFirst().size(); second++) {
      List<String> row = new ArrayList<>(List.of("" + second));
      for (SecondSeries one : of.series()) {
        double value = one.value(second);
        row.add(Double.isNaN(value) ? "–" : Figures.number(value));
      }
      table.row(row.toArray(String[]::new));
    }
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(table.lines());
    return lines;
  }

  private List<String> events(EventTable of) {
    List<Long> cpus = of.countOfCpu();
    List<String> lines = new ArrayList<>(List.of(""));
    lines.add(
        style.strong("events")
            + ": %,d in %s".formatted(of.count(), Figures.of(of.seconds(), "s"))
            + quality(of.quality()));
    Align[] aligns = new Align[3 + cpus.size()];
    java.util.Arrays.fill(aligns, Align.RIGHT);
    aligns[0] = Align.LEFT;
    TextTable table = new TextTable(aligns);
    List<String> heading = new ArrayList<>(List.of(INDENT + "event", "count", "per second"));
    for (int cpu = 0; cpu < cpus.size(); cpu++) {
      heading.add("cpu" + cpu);
    }
    table.row(heading.toArray(String[]::new));
    for (EventTable.Row row : of.rows().subList(0, Math.min(rows, of.rows().size()))) {
      List<String> cells = new ArrayList<>(List.of(INDENT + row.event(), count(row.count())));
      cells.add(of.seconds() > 0 ? Figures.number(row.count() / of.seconds()) : "–");
      row.countOfCpu().forEach(onCpu -> cells.add(count(onCpu)));
      table.row(cells.toArray(String[]::new));
    }
    lines.addAll(table.lines());
    lines.addAll(more(of.rows().size()));
    return lines;
  }

  private List<String> functions(FunctionTable of) {
    List<String> lines = new ArrayList<>(List.of(""));
    lines.add(
        style.strong("functions")
            + ": %,d samples".formatted(of.samples())
            + quality(of.quality()));
    TextTable table = new TextTable(Align.RIGHT, Align.RIGHT, Align.LEFT, Align.LEFT);
    table.row(INDENT + "self", "total", "function", "module");
    for (FunctionTable.Row row : of.rows().subList(0, Math.min(rows, of.rows().size()))) {
      table.row(
          INDENT + percent(of.selfShare(row)),
          percent(of.totalShare(row)),
          shortened(row.function().symbol()),
          shortened(row.function().module()));
    }
    lines.addAll(table.lines());
    lines.addAll(more(of.rows().size()));
    return lines;
  }

  private List<String> work(WorkTable of) {
    List<String> lines = new ArrayList<>(List.of("", style.strong("work items")));
    Align right = Align.RIGHT;
    TextTable table = new TextTable(Align.LEFT, right, right, right, right, right, right);
    table.row(
        INDENT + "function",
        "started",
        "ran",
        "run median",
        "run p99",
        "delay median",
        "delay p99");
    for (WorkTable.Row row : of.rows().subList(0, Math.min(rows, of.rows().size()))) {
      table.row(
          INDENT + row.function(),
          count(row.executions()),
          time(row.ranNanos()),
          time(row.medianRunNanos()),
          time(row.p99RunNanos()),
          time(row.medianDelayNanos()),
          time(row.p99DelayNanos()));
    }
    lines.addAll(table.lines());
    lines.addAll(more(of.rows().size()));
    return lines;
  }

  private List<String> locks(LockTable of) {
    List<String> lines = new ArrayList<>(List.of("", style.strong("locks waited for")));
    TextTable table = new TextTable(Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT);
    table.row(INDENT + "lock", "kind", "waits", "waited", "longest");
    for (LockTable.Row row : of.rows().subList(0, Math.min(rows, of.rows().size()))) {
      table.row(
          INDENT + row.lock(),
          row.kind(),
          count(row.contentions()),
          time(row.waitedNanos()),
          time(row.longestNanos()));
    }
    lines.addAll(table.lines());
    lines.addAll(more(of.rows().size()));
    return lines;
  }

  private List<String> more(int there) {
    if (there == 0) {
      return List.of(INDENT + style.faint("none"));
    }
    return there <= rows
        ? List.of()
        : List.of(INDENT + style.faint("and %,d more; --rows shows them".formatted(there - rows)));
  }

  private String quality(Quality quality) {
    return quality instanceof Quality.Sound ? "" : ", " + style.bad(quality.sentence());
  }

  /** Names as long as those of C++ would push all else off the screen. */
  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  /** A duration in the unit that suits its size. */
  static String time(long nanos) {
    if (nanos >= 1_000_000_000) {
      return Figures.of(nanos / 1e9, "s");
    }
    return nanos >= 1_000_000 ? Figures.of(nanos / 1e6, "ms") : Figures.of(nanos / 1e3, "us");
  }
}
