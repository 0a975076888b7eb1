package besser.check.campaign;

import besser.check.Finding;
import besser.check.Program;
import besser.check.explore.Found;
import besser.check.explore.RunOutcome;
import besser.check.explore.Runner;
import besser.check.replay.FindingFile;
import besser.check.replay.Shrinker;
import besser.check.replay.Shrunk;
import besser.check.replay.Step;
import besser.check.replay.StepSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A finding on its way to being confirmed: where it was found first, and where since. */
final class Raised {
  private final List<String> programs = new ArrayList<>();
  private Runner runner;
  private Found found;
  private Optional<List<Step>> steps = Optional.empty();
  private long runs;

  Raised(Runner runner, Found found) {
    this.runner = runner;
    this.found = found;
  }

  Program program() {
    return runner.program();
  }

  String id() {
    return found.finding().id();
  }

  void also(String name, long more) {
    programs.add(name);
    runs += more;
  }

  /** Takes a smaller load, when it was the same finding that was found there. */
  boolean lower(Runner smaller, Found there) {
    if (!there.finding().id().equals(id())) return false;
    runner = smaller;
    found = there;
    return true;
  }

  /** Takes another run that shows it, when that is simpler: a smaller load, or fewer steps. */
  void offer(Runner other, List<Step> fewer) {
    boolean comparable = other.program().equals(runner.program());
    boolean lower = other.load() < runner.load();
    boolean simpler = other.load() == runner.load() && fewer.size() < interferences();
    if (!comparable || (!lower && !simpler)) return;
    runner = other;
    steps = Optional.of(fewer);
  }

  private int interferences() {
    return steps.map(List::size).orElseGet(() -> found.decisions().interferences());
  }

  /** Shrinks it, and sees it again in what is left. */
  Confirmed confirm(CampaignRequest request, int shrinkRuns, long deadlineNanos, ByCatch byCatch) {
    int before = found.decisions().interferences();
    List<Step> all = steps.orElseGet(() -> Shrinker.steps(runner, found.decisions()));
    Shrunk shrunk =
        shrinkRuns == 0
            ? new Shrunk(runner.load(), all, all.isEmpty(), 0)
            : new Shrinker(runner, id(), shrinkRuns, deadlineNanos, byCatch).shrink(all);
    RunOutcome again = runner.withLoad(shrunk.load()).run(new StepSchedule(shrunk.steps()));
    Finding finding =
        again.findings().stream()
            .filter(one -> one.id().equals(id()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("a finding does not replay: " + id()));
    FindingFile file =
        FindingFile.of(
            request.version(),
            program().name(),
            finding,
            new FindingFile.RunKey(runner.seed(), runner.stepLimit()),
            shrunk,
            again.eventHash());
    return new Confirmed(finding, file, programs, runs, before);
  }
}
