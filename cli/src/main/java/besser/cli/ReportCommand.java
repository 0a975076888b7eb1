package besser.cli;

import besser.experiment.plan.Plan;
import besser.experiment.verdict.Verdict;
import besser.report.html.HtmlReport;
import besser.report.markup.HandOver;
import besser.report.markup.MarkdownReport;
import besser.rig.execution.Judgement;
import besser.rig.run.RunDirectory;
import besser.rig.run.WholeFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code besser report}: a finished run for people. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a finished run as HTML or Markdown, or its plan as the DokuWiki page on which it is",
      "handed to its second reviewer: goal, situation, measurements and plan, verbatim."
    })
final class ReportCommand implements Callable<Integer> {
  /** What to write. */
  enum Format {
    HTML,
    MARKDOWN,
    DOKUWIKI
  }

  @Parameters(paramLabel = "DIR", description = "directory of the run")
  private Path directory = Path.of("");

  @Option(
      names = "--format",
      defaultValue = "html",
      paramLabel = "FORMAT",
      description = "html, markdown or dokuwiki (default: ${DEFAULT-VALUE})")
  private Format format = Format.HTML;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where to write it (default: standard output)")
  private Optional<Path> out = Optional.empty();

  private final Terminal terminal = new Terminal();

  @Override
  public Integer call() {
    RunDirectory run = VerdictCommand.finished(directory);
    Plan plan = new Judgement(run).registered().plan();
    Verdict verdict = Judgement.read(run);
    String page =
        switch (format) {
          case HTML -> HtmlReport.render(run, plan, verdict);
          case MARKDOWN -> MarkdownReport.render(run, plan, verdict);
          case DOKUWIKI -> HandOver.dokuWiki(plan);
        };
    out.ifPresentOrElse(
        file -> {
          WholeFile.write(file, page);
          terminal.say("wrote " + file);
        },
        () -> terminal.print(page.stripTrailing()));
    return ExitStatus.DONE;
  }
}
