package besser.cli;

import besser.check.Finding;
import besser.check.campaign.Campaign;
import besser.check.explore.RunOutcome;
import besser.check.explore.Runner;
import besser.check.replay.FindingFile;
import besser.check.replay.FindingText;
import besser.check.replay.LaneDiagram;
import besser.check.replay.LaneRecorder;
import besser.check.replay.Step;
import besser.check.replay.StepSchedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code besser replay}: a finding's run again, with who did what when. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a finding of `besser check` again from its file, bit for bit, and draws the run: a lane",
      "for each context, a dot where it does something. Then the finding, with its call stacks."
    },
    footer = {
      "",
      "Examples:",
      "  besser replay findings/lost-wakeup-lost-wakeup-5f3a2b1c.json",
      "  besser replay --events 1000000 FILE        the whole run",
      "",
      "Exit status: 0 the finding is there again; 1 it is not, or in another run: the code has",
      "changed since."
    })
final class ReplayCommand implements Callable<Integer> {
  private static final int STEPS_SHOWN = 20;

  @Parameters(paramLabel = "FILE", description = "a finding that `besser check` wrote")
  private Path file = Path.of("");

  @Option(
      names = "--events",
      defaultValue = "60",
      paramLabel = "N",
      description = "how many of the last events are drawn (default: ${DEFAULT-VALUE})")
  private int events;

  private final Terminal terminal = new Terminal();

  @Override
  public Integer call() {
    if (events < 1) throw new BadInput("--events must be >= 1, got " + events);
    FindingFile finding = read();
    LaneRecorder[] lanes = new LaneRecorder[1];
    Runner runner =
        runner(finding)
            .with(
                () -> {
                  lanes[0] = new LaneRecorder();
                  return lanes[0];
                });
    RunOutcome outcome = runner.run(new StepSchedule(finding.steps()));
    List<String> lines = new ArrayList<>(heading(finding));
    lines.addAll(LaneDiagram.draw(lanes[0].events(), events));
    lines.add("");
    Optional<Finding> again =
        outcome.findings().stream()
            .filter(found -> found.id().equals(finding.findingId()))
            .findFirst();
    again.ifPresent(found -> lines.addAll(FindingText.lines(found)));
    boolean same = outcome.eventHash() == finding.eventHash();
    lines.add(verdict(finding, again.isPresent(), same));
    terminal.print(lines);
    return again.isPresent() && same ? ExitStatus.DONE : ExitStatus.NOT_AGAIN;
  }

  private static Runner runner(FindingFile finding) {
    try {
      return Campaign.runner(finding);
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> heading(FindingFile finding) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, load %d, seed %d (simulated)"
            .formatted(finding.program(), finding.load(), finding.seed()));
    if (finding.steps().isEmpty()) lines.add("undisturbed");
    int shown = Math.min(STEPS_SHOWN, finding.steps().size());
    for (Step step : finding.steps().subList(0, shown)) lines.add("  " + step);
    if (finding.steps().size() > shown) {
      lines.add("  and " + (finding.steps().size() - shown) + " more");
    }
    lines.add("");
    return lines;
  }

  private static String verdict(FindingFile finding, boolean again, boolean same) {
    if (!again) {
      return "not found again: %s; the file is of besser %s"
          .formatted(finding.message(), finding.version());
    }
    return same
        ? "found again, in the same run bit for bit"
        : "found again, in another run than besser %s had".formatted(finding.version());
  }

  private FindingFile read() {
    try {
      return FindingFile.parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new BadInput(file + ": there is no such file; besser check writes them");
    } catch (IllegalArgumentException e) {
      throw new BadInput(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
