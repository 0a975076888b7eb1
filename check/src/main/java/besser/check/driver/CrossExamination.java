package besser.check.driver;

import besser.bes2600.driver.Variant;
import besser.check.Finding;
import besser.check.campaign.Campaign;
import besser.check.campaign.CampaignResult;
import besser.check.campaign.Confirmed;
import besser.check.explore.Budget;
import besser.check.explore.Explorer;
import besser.check.explore.RunOutcome;
import besser.check.explore.Runner;
import besser.check.explore.SearchProgress;
import besser.check.explore.SearchRequest;
import besser.check.replay.FindingFile;
import besser.check.replay.Shrinker;
import besser.check.replay.Shrunk;
import besser.check.replay.Step;
import besser.check.replay.StepSchedule;
import besser.check.strategy.FaultPlacing;
import besser.check.strategy.Mix;
import besser.check.strategy.Pct;
import besser.check.strategy.RandomWalk;
import besser.check.strategy.Undisturbed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Before a finding is called the patch's, the baseline is tried with what it took: its steps as
 * they are, and the same sorts of fault at other occasions and under other schedules. A search
 * places one to three faults in a run; that it met a rare pair of them in one arm and not in the
 * other says nothing of the arms. Findings that need no fault are left to the search.
 *
 * <p>What a fault did not cause is not put down to it either: a finding that the patched variant
 * shows without any fault is reported as that, not as what happened after one.
 */
public final class CrossExamination {
  /**
   * Runs of the baseline for each finding: those of a search that bring the same sorts of fault.
   */
  private static final int RUNS = 300;

  private final CampaignResult result;
  private final Variant baseline;
  private final Variant patched;
  private final long seed;
  private final Duration time;

  /**
   * Of a campaign over two variants.
   *
   * @param seed of the runs
   * @param time that all of them may take
   */
  public CrossExamination(
      CampaignResult result, Variant baseline, Variant patched, long seed, Duration time) {
    this.result = result;
    this.baseline = baseline;
    this.patched = patched;
    this.seed = seed;
    this.time = time;
  }

  /** The same result; a finding that the baseline showed here says so. */
  public CampaignResult examined() {
    RiskAudit audit = new RiskAudit(result, baseline, patched);
    List<Confirmed> open =
        audit.added().stream()
            .filter(found -> found.file().program().startsWith(patched.id() + "/"))
            .filter(found -> found.file().steps().stream().anyMatch(Step::isFault))
            .toList();
    if (open.isEmpty()) return result;
    Duration share = time.dividedBy(open.size());
    Duration each = share.compareTo(Duration.ofMillis(1)) > 0 ? share : Duration.ofMillis(1);
    Map<String, Confirmed> findings = new LinkedHashMap<>();
    for (Confirmed found : result.findings()) {
      Confirmed examined = open.contains(found) ? examine(found, each) : found;
      findings.putIfAbsent(examined.finding().id(), examined);
    }
    return new CampaignResult(result.programs(), List.copyOf(findings.values()), result.stopped());
  }

  private Confirmed examine(Confirmed found, Duration each) {
    DriverScenario scenario = DriverProgram.of(found.file().program()).scenario();
    DriverProgram program = new DriverProgram(baseline, scenario);
    Runner runner = Campaign.runner(program, found.file().seed()).withLoad(found.file().load());
    if (!shows(runner, found, each)) return withoutFaults(found, each).orElse(found);
    List<String> programs = new ArrayList<>(found.programs());
    programs.add(program.name());
    return new Confirmed(
        found.finding(), found.file(), programs, found.runs(), found.stepsBefore());
  }

  private boolean shows(Runner runner, Confirmed found, Duration each) {
    String id = found.finding().id();
    List<Step> steps = found.file().steps();
    if (runner.run(new StepSchedule(steps)).hasFound(id)) return true;
    List<String> sites = steps.stream().filter(Step::isFault).map(Step::faultSite).toList();
    Mix around =
        new Mix(
            "the same faults",
            List.of(
                new FaultPlacing(new Undisturbed(), sites),
                new FaultPlacing(new RandomWalk(), sites),
                new FaultPlacing(new Pct(), sites)));
    SearchRequest search =
        new SearchRequest(runner, around, seed, new Budget(each, RUNS), 1, false);
    return Explorer.search(search, SearchProgress.SILENT).found().stream()
        .anyMatch(other -> other.finding().id().equals(id));
  }

  /** The same of the patched variant where no fault occurs, if it shows that. */
  private Optional<Confirmed> withoutFaults(Confirmed found, Duration each) {
    String id = found.finding().id();
    int after = id.lastIndexOf(" after ");
    if (after < 0 || id.endsWith(Conservation.AFTER_DEATH)) return Optional.empty();
    String alone = id.substring(0, after);
    DriverProgram program = DriverProgram.of(found.file().program());
    Runner runner = Campaign.runner(program, found.file().seed()).withLoad(found.file().load());
    List<Step> steps = found.file().steps().stream().filter(step -> !step.isFault()).toList();
    if (runner.run(new StepSchedule(steps)).hasFound(alone)) {
      return Optional.of(confirmed(found, runner, alone, steps));
    }
    Mix schedules = new Mix("no fault", List.of(new RandomWalk(), new Pct()));
    SearchRequest search =
        new SearchRequest(runner, schedules, seed, new Budget(each, RUNS), 1, false);
    return Explorer.search(search, SearchProgress.SILENT).found().stream()
        .filter(other -> other.finding().id().equals(alone))
        .findFirst()
        .map(other -> confirmed(found, runner, alone, Shrinker.steps(runner, other.decisions())));
  }

  private static Confirmed confirmed(Confirmed found, Runner runner, String id, List<Step> steps) {
    RunOutcome outcome = runner.run(new StepSchedule(steps));
    Finding finding =
        outcome.findings().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    FindingFile file =
        FindingFile.of(
            found.file().version(),
            found.file().program(),
            finding,
            new FindingFile.RunKey(runner.seed(), runner.stepLimit()),
            new Shrunk(runner.load(), steps, false, 1),
            outcome.eventHash());
    return new Confirmed(finding, file, found.programs(), found.runs(), found.stepsBefore());
  }
}
