package besser.cli;

import besser.experiment.json.Json;
import besser.metrics.MetricDefinition;
import besser.metrics.capture.Analysis;
import besser.metrics.capture.Capture;
import besser.metrics.capture.CaptureFigures;
import besser.report.text.CaptureText;
import besser.trace.TraceFormatException;
import besser.trace.perf.SymbolSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code besser metrics}: figures out of captures. */
@Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    description = {
      "Computes figures from captures, each read once: a trace.dat, a directory of raw tracefs",
      "pages, a perf.data, the text of perf script, of trace or of trace-cmd report, or a"
          + " directory",
      "that besser left. Without --plan, --metric or --table: what is in it.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  besser metrics trace.dat                       how often each event occurred",
      "  besser metrics perf.data --table functions --rows 50",
      "  besser metrics out/ --plan patch-c --per-second",
      "  besser metrics trace.dat --metric sched:sched_switch \\",
      "    --metric 'irq = duration: {from: \"irq:irq_handler_entry\", to:",
      "        \"irq:irq_handler_exit\", key: \"irq,cpu\", percentile: 99}, unit: us'",
      "  besser metrics trace.dat --table work,locks --step idle=0+10 --json",
      "  besser metrics trace.dat --buffer besser        of several buffers, one",
      "  perf script | besser metrics -",
      "docs/metrics.md lists the sources."
    })
final class MetricsCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";
  private static final String KEPT_INPUT = "standard input";

  @Parameters(
      arity = "1..*",
      paramLabel = "CAPTURE",
      description = "files or directories; - for standard input")
  private List<String> captures = List.of();

  @Mixin private CaptureOptions options = new CaptureOptions();

  @Option(
      names = "--kallsyms",
      paramLabel = "FILE",
      description = "a copy of /proc/kallsyms that names the kernel addresses of a perf.data")
  private Optional<Path> kallsyms = Optional.empty();

  @Option(
      names = "--buffer",
      paramLabel = "NAME",
      description = {
        "which ring buffer of a trace.dat: a tracefs instance's name, or top",
        "(default: top, or the first with events when that has none)"
      })
  private Optional<String> buffer = Optional.empty();

  private final Terminal terminal = new Terminal();

  @Override
  public Integer call() {
    List<MetricDefinition> definitions = options.definitions();
    Analysis analysis = options.analysis(definitions);
    List<CaptureFigures> all = new ArrayList<>();
    for (String name : captures) {
      CaptureFigures figures = read(name, analysis);
      all.add(figures);
      if (!options.json()) {
        if (all.size() > 1) terminal.print("");
        terminal.print(
            new CaptureText(figures, definitions, terminal.outStyle(), options.rows())
                .lines(options.perSecond()));
      }
    }
    if (options.json()) {
      terminal.print(
          Json.page(all.stream().map(one -> CaptureJson.of(one, options)).toList())
              .stripTrailing());
    }
    return ExitStatus.DONE;
  }

  private CaptureFigures read(String name, Analysis analysis) {
    if (name.equals(STANDARD_INPUT)) {
      return readStandardInput(analysis);
    }
    Path path = Path.of(name);
    if (!Files.exists(path)) {
      throw new BadInput(path + ": there is no such file or directory");
    }
    try (Capture capture = open(path)) {
      return analysis.of(capture);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  /** Forms are told apart, and starts found, by looking twice: a pipe is kept in a file. */
  private CaptureFigures readStandardInput(Analysis analysis) {
    try {
      Path kept = Files.createTempFile("besser-stdin", "");
      try {
        Files.copy(System.in, kept, StandardCopyOption.REPLACE_EXISTING);
        try (Capture capture = open(kept)) {
          return analysis.of(capture).named(KEPT_INPUT);
        }
      } catch (TraceFormatException e) {
        throw new BadInput(String.valueOf(e.getMessage()).replace(kept.toString(), KEPT_INPUT));
      } finally {
        Files.delete(kept);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read standard input: " + e.getMessage(), e);
    }
  }

  private Capture open(Path path) throws IOException {
    SymbolSources usual = SymbolSources.ofThisMachine().cleaned();
    try {
      return Capture.open(path, kallsyms.map(usual::withKallsyms).orElse(usual), buffer);
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }
}
