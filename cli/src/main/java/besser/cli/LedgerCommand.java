package besser.cli;

import besser.experiment.json.Json;
import besser.experiment.ledger.Calibration;
import besser.experiment.ledger.Ledger;
import besser.experiment.verdict.Verdict;
import besser.rig.execution.Judgement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code besser ledger}: how good stated confidence turned out to be, over plans. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description = {
      "Says how often predictions came true, by the confidence their authors stated, and scores",
      "that (Brier: 0 is best, 0.25 is what a coin gets). Predictions held against a simulated",
      "device are kept apart from those held against a real one.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  besser ledger add runs/patch-c-20261123-2110   enters a verdict's predictions, once",
      "  besser ledger --last 10                        how good the last ten of each were"
    })
final class LedgerCommand implements Callable<Integer> {
  @Option(
      names = "--file",
      defaultValue = "plans/ledger.jsonl",
      paramLabel = "FILE",
      scope = picocli.CommandLine.ScopeType.INHERIT,
      description = "the ledger (default: ${DEFAULT-VALUE})")
  private Path file = Path.of("");

  @Option(
      names = "--last",
      defaultValue = "10",
      paramLabel = "N",
      description = "look at the newest N of each confidence (default: ${DEFAULT-VALUE})")
  private int last;

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  private final Terminal terminal = new Terminal();

  /** How good confidence was, on one kind of device. */
  private record Page(boolean simulated, List<Calibration> calibration) {}

  @Override
  public Integer call() {
    if (last < 1) throw new BadInput("--last must be >= 1, got " + last);
    List<Page> pages = new ArrayList<>();
    try {
      Ledger ledger = new Ledger(file);
      for (boolean simulated : new boolean[] {false, true}) {
        pages.add(new Page(simulated, ledger.calibration(simulated, last)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    if (json) {
      terminal.print(Json.page(pages).stripTrailing());
      return ExitStatus.DONE;
    }
    for (Page page : pages) {
      terminal.print(page.simulated ? "held against a simulated device" : "held against a device");
      for (Calibration calibration : page.calibration) terminal.print("  " + calibration.words());
    }
    return ExitStatus.DONE;
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description =
          "Enters the predictions of a finished run's verdict; a second time does nothing.")
  int add(@Parameters(paramLabel = "DIR", description = "directory of the run") Path run) {
    Verdict verdict = Judgement.read(VerdictCommand.finished(run));
    if (verdict.origin().durationDivisor() != 1) {
      throw new BadInput(
          "%s: its durations were divided by %d, so it did not test what the plan predicts"
              .formatted(run, verdict.origin().durationDivisor()));
    }
    try {
      int added = new Ledger(file).enter(verdict);
      terminal.say(
          added == 0
              ? "the ledger has this verdict already"
              : "%d predictions of %s entered in %s".formatted(added, verdict.plan(), file));
      return ExitStatus.DONE;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
