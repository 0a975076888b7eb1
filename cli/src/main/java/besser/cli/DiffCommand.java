package besser.cli;

import besser.experiment.json.Json;
import besser.metrics.Source;
import besser.metrics.capture.Capture;
import besser.metrics.capture.Comparison;
import besser.metrics.table.Difference;
import besser.report.html.DifferencePage;
import besser.report.text.Figures;
import besser.report.text.Style;
import besser.report.text.TextTable;
import besser.report.text.TextTable.Align;
import besser.rig.run.WholeFile;
import besser.trace.perf.SymbolSources;
import besser.trace.recording.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code besser diff}: what grew from one capture to another. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Compares two captures: events by their rate, functions by their share of the CPU samples,",
      "the greatest change first. A change of less than about 3 standard errors is noise; whether a",
      "greater one means anything, only repetitions tell.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  besser diff before/ after/",
      "  besser diff before.data after.data --flame diff.html     differential flame graph",
      "  besser diff before.data after.data --flame diff.folded   for FlameGraph's flamegraph.pl",
      "  besser diff before.dat after.dat --json"
    })
final class DiffCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "BEFORE",
      description = "a capture, as besser metrics reads")
  private Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "AFTER", description = "another")
  private Path after = Path.of("");

  @Option(
      names = "--flame",
      paramLabel = "FILE",
      description = "write a differential flame graph: a page (.html), or folded stacks")
  private Optional<Path> flame = Optional.empty();

  @Option(
      names = "--of",
      defaultValue = "NON_IDLE",
      paramLabel = "SAMPLES",
      description = "which samples count: all, non_idle (default)")
  private Source.Denominator of = Source.Denominator.NON_IDLE;

  @Option(
      names = "--rows",
      defaultValue = "20",
      paramLabel = "N",
      description = "rows of a table that are shown (default: ${DEFAULT-VALUE})")
  private int rows;

  @Option(names = "--json", description = "print JSON instead of text")
  private boolean json;

  private final Terminal terminal = new Terminal();
  private List<String> forms = List.of("", "");
  private List<String> kinds = List.of("", "");

  /** What {@code --json} prints. */
  private record Page(
      String before,
      String after,
      Optional<List<Difference.Growth>> events,
      Optional<List<Difference.Growth>> functions) {}

  @Override
  public Integer call() {
    if (rows < 1) {
      throw new BadInput("--rows must be >= 1, got " + rows);
    }
    Comparison comparison = compare();
    if (comparison.events().isEmpty() && comparison.functions().isEmpty()) {
      throw new BadInput(
          "%s and %s hold nothing that can be compared; give two traces or two profiles"
              .formatted(before, after));
    }
    flame.ifPresent(file -> write(file, comparison));
    if (json) {
      Page page =
          new Page(
              forms.get(0),
              forms.get(1),
              comparison.events().map(Difference::growths),
              comparison.functions().map(Difference::growths));
      terminal.print(Json.page(page).stripTrailing());
    } else {
      terminal.print(List.of("before " + forms.get(0), "after  " + forms.get(1), ""));
      comparison
          .events()
          .ifPresent(found -> terminal.print(lines("events, per second", found, 1, "")));
      comparison
          .functions()
          .ifPresent(found -> terminal.print(lines("functions, share", found, 100, " %")));
    }
    return ExitStatus.DONE;
  }

  private Comparison compare() {
    SymbolSources symbols = SymbolSources.ofThisMachine().cleaned();
    for (Path path : List.of(before, after)) {
      if (!Files.exists(path)) {
        throw new BadInput(path + ": there is no such file or directory");
      }
    }
    try (Capture first = Capture.open(before, symbols);
        Capture second = Capture.open(after, symbols)) {
      kinds = List.of(kindOf(first), kindOf(second));
      forms = List.of(described(first), described(second));
      return Comparison.of(first, second, of);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read captures: " + e.getMessage(), e);
    }
  }

  private static String described(Capture capture) {
    return capture.name() + " (" + kindOf(capture) + ")";
  }

  private static String kindOf(Capture capture) {
    return String.join(", ", capture.recordings().stream().map(Recording::form).toList());
  }

  private void write(Path file, Comparison comparison) {
    if (comparison.after().isEmpty() && comparison.before().isEmpty()) {
      throw new BadInput("--flame needs two profiles; record them with: besser capture --perf");
    }
    boolean page = file.toString().endsWith(".html");
    WholeFile.write(
        file.toAbsolutePath(),
        page
            ? DifferencePage.render(
                new DifferencePage.Side(before.toString(), kinds.get(0), comparison.before()),
                new DifferencePage.Side(after.toString(), kinds.get(1), comparison.after()),
                comparison.events(),
                comparison.functions())
            : String.join("\n", DifferencePage.folded(comparison.before(), comparison.after()))
                + "\n");
    terminal.say("flame graph: " + file);
  }

  private List<String> lines(String heading, Difference found, double scale, String unit) {
    Style style = terminal.outStyle();
    List<String> lines = new ArrayList<>(List.of(style.strong(heading)));
    Align right = Align.RIGHT;
    TextTable table = new TextTable(Align.LEFT, right, right, right, right);
    table.row("", "before", "after", "change", "standard errors");
    List<Difference.Growth> growths = found.growths();
    for (Difference.Growth growth : growths.subList(0, Math.min(rows, growths.size()))) {
      table.row(
          "  " + growth.name(),
          side(found, growth, growth.before() * scale, unit),
          side(found, growth, growth.after() * scale, unit),
          found.isKnown(growth) ? signed(growth.change() * scale) + unit : "",
          found.isKnown(growth)
              ? String.format(Locale.ROOT, "%+.1f", growth.standardErrors())
              : "");
    }
    lines.addAll(table.lines());
    if (growths.size() > rows) {
      lines.add(style.faint("  and %,d more".formatted(growths.size() - rows)));
    }
    if (found.hasUnknown()) lines.add(style.faint("  –: none there; perhaps it was not recorded"));
    lines.add("");
    return lines;
  }

  private static String side(
      Difference found, Difference.Growth growth, double value, String unit) {
    return value == 0 && !found.isKnown(growth) ? "–" : Figures.number(value) + unit;
  }

  private static String signed(double change) {
    return (change > 0 ? "+" : "") + Figures.number(change);
  }
}
