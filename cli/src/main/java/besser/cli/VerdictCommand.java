package besser.cli;

import besser.experiment.json.Json;
import besser.experiment.verdict.Verdict;
import besser.report.text.VerdictText;
import besser.rig.execution.Judgement;
import besser.rig.run.Manifest;
import besser.rig.run.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code besser verdict}: what a finished run came to. */
@Command(
    name = "verdict",
    mixinStandardHelpOptions = true,
    description = "Prints the verdict of a finished run, and says what was changed in it since.")
final class VerdictCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "directory of the run")
  private Path directory = Path.of("");

  @Option(names = "--exit-code", description = "exit with 1 when the verdict is to loop back")
  private boolean exitCode;

  @Option(names = "--json", description = "print verdict.json instead of text")
  private boolean json;

  private final Terminal terminal = new Terminal();

  @Override
  public Integer call() {
    RunDirectory run = finished(directory);
    Verdict verdict = Judgement.read(run);
    for (String problem : Manifest.check(run)) terminal.say("besser: " + problem);
    if (json) {
      terminal.print(Json.page(verdict).stripTrailing());
    } else {
      terminal.print(VerdictText.lines(verdict, terminal.outStyle(), terminal.width()));
    }
    boolean loopBack = verdict.decision() instanceof Verdict.LoopBack;
    return exitCode && loopBack ? ExitStatus.LOOP_BACK : ExitStatus.DONE;
  }

  /** Opens a run that has a verdict. */
  static RunDirectory finished(Path directory) {
    RunDirectory run = RunDirectory.open(directory);
    if (run.run().runsOneVariantAgainstItself()) {
      throw new BadInput(
          directory + ": is an A/A run, which has noise floors (noise.json) and no verdict");
    }
    if (!Files.exists(run.verdictFile())) {
      throw new BadInput(
          directory + ": has no verdict yet; go on with: besser run --resume " + directory);
    }
    return run;
  }
}
