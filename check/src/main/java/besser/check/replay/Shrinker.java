package besser.check.replay;

import besser.check.explore.RunOutcome;
import besser.check.explore.Runner;
import besser.kernel.machine.Decisions;
import besser.kernel.machine.ReplaySchedule;
import besser.kernel.machine.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes away from a run every step that its finding does not need, by delta debugging (Zeller and
 * Hildebrandt, "Simplifying and isolating failure-inducing input", TSE 2002) down to where each
 * single step is needed. Faults are steps like any other, and the load goes down to where one less
 * loses the finding.
 */
public final class Shrinker {
  private Runner runner;
  private final String findingId;
  private final int runLimit;
  private final long deadlineNanos;
  private final Watch watch;
  private int runs;

  /** Told of every run that shrinking takes: it may show other findings, in fewer steps. */
  @FunctionalInterface
  public interface Watch {
    /** Nobody wants to know. */
    Watch SILENT = (runner, steps, outcome) -> {};

    /** A run with these steps had this outcome. */
    void ran(Runner runner, List<Step> steps, RunOutcome outcome);

    /** Whether to leave the finding as it is now. */
    default boolean stopRequested() {
      return false;
    }
  }

  /**
   * A shrinker of one finding.
   *
   * @param runner as it was found
   * @param findingId what is to be kept
   * @param runLimit how many runs it may take, at least 1
   * @param deadlineNanos when to stop, as {@code System.nanoTime} tells it; {@code Long.MAX_VALUE}
   *     for never
   * @param watch told of every run
   */
  public Shrinker(Runner runner, String findingId, int runLimit, long deadlineNanos, Watch watch) {
    if (runLimit < 1) throw new IllegalArgumentException("run limit must be >= 1, got " + runLimit);
    this.runner = runner;
    this.findingId = findingId;
    this.runLimit = runLimit;
    this.deadlineNanos = deadlineNanos;
    this.watch = watch;
  }

  /** The steps of the run with these decisions, at the runner's own load. */
  public static List<Step> steps(Runner runner, Decisions decisions) {
    StepRecorder recorder = new StepRecorder(new ReplaySchedule(Schedule.Mode.EXPLORED, decisions));
    runner.run(recorder);
    return recorder.steps();
  }

  /** Shrinks a run with these steps, from the runner's own load downwards. */
  public Shrunk shrink(List<Step> all) {
    if (!mayGoOn()) return new Shrunk(runner.load(), all, false, 0);
    Shrunk shrunk = shrinkSteps(all);
    while (runner.load() > 1) {
      if (!mayGoOn()) return new Shrunk(runner.load(), shrunk.steps(), false, runs);
      Optional<Runner> smaller = smallerLoad(shrunk.steps());
      if (smaller.isEmpty()) return shrunk;
      runner = smaller.get();
      shrunk = shrinkSteps(shrunk.steps());
    }
    return shrunk;
  }

  private Optional<Runner> smallerLoad(List<Step> steps) {
    int load = runner.load();
    for (int less : new int[] {load / 2, load - 1}) {
      Runner smaller = runner.withLoad(less);
      if (isFound(smaller, steps)) return Optional.of(smaller);
    }
    return Optional.empty();
  }

  private Shrunk shrinkSteps(List<Step> all) {
    List<Step> steps = all;
    if (isFound(List.of())) return new Shrunk(runner.load(), List.of(), true, runs);
    int parts = 2;
    while (steps.size() > 1 && mayGoOn()) {
      List<Step> fewer = withoutOnePart(steps, parts);
      if (fewer.size() < steps.size()) {
        steps = fewer;
        parts = Math.max(2, parts - 1);
      } else if (parts >= steps.size()) {
        return new Shrunk(runner.load(), steps, mayGoOn(), runs);
      } else {
        parts = Math.min(steps.size(), 2 * parts);
      }
    }
    return new Shrunk(runner.load(), steps, steps.size() <= 1, runs);
  }

  /** The steps without the first part that is not needed; all when each is. */
  private List<Step> withoutOnePart(List<Step> steps, int parts) {
    // What happens last is cut off first: it has the least influence on the rest.
    for (int part = parts - 1; part >= 0 && mayGoOn(); part--) {
      int from = (int) ((long) steps.size() * part / parts);
      int to = (int) ((long) steps.size() * (part + 1) / parts);
      List<Step> fewer = new ArrayList<>(steps.subList(0, from));
      fewer.addAll(steps.subList(to, steps.size()));
      if (isFound(fewer)) return fewer;
    }
    return steps;
  }

  private boolean mayGoOn() {
    boolean inTime = deadlineNanos == Long.MAX_VALUE || System.nanoTime() - deadlineNanos < 0;
    return runs < runLimit && inTime && !watch.stopRequested();
  }

  private boolean isFound(List<Step> steps) {
    return isFound(runner, steps);
  }

  private boolean isFound(Runner tried, List<Step> steps) {
    runs++;
    RunOutcome outcome = tried.run(new StepSchedule(steps));
    watch.ran(tried, steps, outcome);
    return outcome.hasFound(findingId);
  }
}
