package besser.check.driver;

import besser.bes2600.driver.Variant;
import besser.check.explore.Budget;
import besser.check.explore.Explorer;
import besser.check.explore.Runner;
import besser.check.explore.SearchProgress;
import besser.check.explore.SearchRequest;
import besser.check.lockdep.HeldAround;
import besser.check.lockdep.LockAuditor;
import besser.check.lockdep.LockdepChecker;
import besser.check.strategy.RandomWalk;
import besser.experiment.gate.LockAudit;
import java.util.List;

/**
 * The lock graph of a variant: every scenario, undisturbed and under some random schedules, without
 * faults. Always the same runs, so that two variants can be compared.
 */
public final class LockGraphAudit {
  private static final String FUNCTION = "wsm_handle_rx";
  private static final int SCHEDULES = 6;
  private static final long SEED = 1;

  private LockGraphAudit() {}

  /** Runs a variant; takes a second or two. */
  public static LockAudit of(Variant variant) {
    LockAuditor auditor = new LockAuditor();
    for (DriverProgram program : DriverProgram.of(variant)) {
      Runner runner =
          new Runner(
              program,
              SEED,
              program.load(),
              () -> {
                LockdepChecker lockdep = new LockdepChecker();
                HeldAround calls = new HeldAround(FUNCTION);
                return List.of(lockdep, calls, new WhenEnded(() -> auditor.add(lockdep, calls)));
              },
              Runner.DEFAULT_STEP_LIMIT);
      Explorer.search(
          new SearchRequest(
              runner, new RandomWalk(), SEED, Budget.ofSchedules(SCHEDULES), 1, false),
          SearchProgress.SILENT);
    }
    return auditor.audit(variant.id());
  }
}
