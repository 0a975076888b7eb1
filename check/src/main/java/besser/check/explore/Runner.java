package besser.check.explore;

import besser.check.Checker;
import besser.check.Finding;
import besser.check.Program;
import besser.check.RunEnd;
import besser.check.Trial;
import besser.check.coverage.Coverage;
import besser.check.coverage.CoverageRecorder;
import besser.kernel.machine.Decisions;
import besser.kernel.machine.Machine;
import besser.kernel.machine.ReplaySchedule;
import besser.kernel.machine.Schedule;
import besser.kernel.machine.SimulationFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs one program once.
 *
 * @param program what runs
 * @param seed of everything random in the program
 * @param load as the program counts it, at least 1
 * @param checkers makes those who watch a run
 * @param stepLimit how many choices a run may ask before it is ended, at least 1
 */
public record Runner(
    Program program, long seed, int load, Supplier<List<Checker>> checkers, int stepLimit) {
  /** A bound that no healthy program of some dozens of frames comes near. */
  public static final int DEFAULT_STEP_LIMIT = 60_000;

  public Runner {
    if (load < 1) throw new IllegalArgumentException("load must be >= 1, got " + load);
    if (stepLimit < 1) {
      throw new IllegalArgumentException("step limit must be >= 1, got " + stepLimit);
    }
  }

  /** The same with another load. */
  public Runner withLoad(int newLoad) {
    return new Runner(program, seed, newLoad, checkers, stepLimit);
  }

  /** The same with these watching as well. */
  public Runner with(Supplier<Checker> another) {
    Supplier<List<Checker>> all =
        () -> {
          List<Checker> list = new ArrayList<>(checkers.get());
          list.add(another.get());
          return list;
        };
    return new Runner(program, seed, load, all, stepLimit);
  }

  /** Runs again what was decided before. */
  public RunOutcome replay(Decisions decisions) {
    return run(new ReplaySchedule(Schedule.Mode.EXPLORED, decisions));
  }

  /** Runs under a schedule, which is used up. */
  public RunOutcome run(Schedule schedule) {
    WatchedSchedule watched = new WatchedSchedule(schedule, stepLimit);
    List<Checker> watchers = new ArrayList<>(checkers.get());
    CoverageRecorder reached = new CoverageRecorder();
    // Who watches nothing is not to pay for anything.
    if (!watchers.isEmpty()) watchers.add(reached);
    Trial trial = new Trial(watched, seed, load, watchers);
    Optional<SimulationFailure> failure = Optional.empty();
    boolean outOfSteps = false;
    try {
      program.run(trial);
    } catch (StepsExhausted e) {
      outOfSteps = true;
    } catch (SimulationFailure e) {
      if (e.getCause() instanceof StepsExhausted) {
        outOfSteps = true;
      } else {
        failure = Optional.of(e);
      }
    }
    RunEnd end = new RunEnd(failure, outOfSteps, watched.steps());
    List<Finding> findings = findings(trial.checkers(), end);
    long hash = trial.made().map(Machine::eventHash).orElse(0L);
    Decisions decisions = findings.isEmpty() ? Decisions.of() : watched.decisions();
    Coverage coverage = new Coverage();
    coverage.add(reached);
    watched.faults().forEach(coverage::addFault);
    return new RunOutcome(findings, end, decisions, hash, coverage);
  }

  private static List<Finding> findings(List<Checker> checkers, RunEnd end) {
    for (Checker checker : checkers) checker.ended(end);
    Map<String, Finding> unique = new LinkedHashMap<>();
    for (Checker checker : checkers) {
      for (Finding finding : checker.findings()) unique.putIfAbsent(finding.id(), finding);
    }
    return List.copyOf(unique.values());
  }
}
