package besser.cli;

import besser.experiment.plan.Plan;
import besser.rig.execution.Judgement;
import besser.rig.run.JournalEntry;
import besser.rig.run.LiveStep;
import besser.rig.run.RepetitionId;
import besser.rig.run.RunDirectory;
import besser.rig.run.RunRecord;
import besser.rig.run.WatchPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is to be seen of a run at a moment.
 *
 * @param root its directory
 * @param run what it is; empty for a single repetition, which has no order and no verdict
 * @param finished repetitions whose record is whole
 * @param end how it ended; empty while it has not
 * @param steps what running steps have shown
 */
record Glance(
    Path root,
    Optional<RunRecord> run,
    int finished,
    Optional<String> end,
    List<WatchPoint.Seen> steps) {

  /** Older than that, a step's figures are not live any more. */
  private static final Duration STALE = Duration.ofSeconds(10);

  /**
   * Looks at a directory.
   *
   * @throws BadInput when no run is there
   */
  static Glance at(Path root) {
    List<WatchPoint.Seen> steps =
        new WatchPoint(root).steps().stream().filter(s -> s.age().compareTo(STALE) < 0).toList();
    if (Files.isRegularFile(root.resolve("run.json"))) {
      return of(RunDirectory.open(root), steps);
    }
    if (!Files.isDirectory(root.resolve("reps")) && steps.isEmpty()) {
      throw new BadInput(
          root + ": no run is there; begin one with besser run, or name another directory");
    }
    boolean done = hasRecord(root.resolve("reps"));
    return new Glance(
        root,
        Optional.empty(),
        done ? 1 : 0,
        done ? Optional.of("the repetition is finished") : Optional.empty(),
        steps);
  }

  private static Glance of(RunDirectory directory, List<WatchPoint.Seen> steps) {
    RunRecord run = directory.run();
    Set<RepetitionId> finished = new HashSet<>();
    Optional<String> end = Optional.empty();
    for (JournalEntry entry : directory.journal()) {
      if (entry instanceof JournalEntry.Finished(String _, RepetitionId id, String _)) {
        finished.add(id);
      }
      end = end(directory, entry);
    }
    boolean noise = run.runsOneVariantAgainstItself() && directory.noise().isPresent();
    return new Glance(
        directory.root(),
        Optional.of(run),
        finished.size(),
        noise ? Optional.of("the noise floors are measured") : end,
        steps);
  }

  /** How the run had ended when an entry was its last. */
  private static Optional<String> end(RunDirectory directory, JournalEntry entry) {
    return switch (entry) {
      case JournalEntry.Judged judged -> Optional.of("verdict: " + judged.decision());
      case JournalEntry.Interrupted _ ->
          Optional.of("interrupted; go on with: besser run --resume " + directory.root());
      case JournalEntry.Begun _,
          JournalEntry.Registered _,
          JournalEntry.Started _,
          JournalEntry.Finished _,
          JournalEntry.Resumed _ ->
          Optional.empty();
    };
  }

  private static boolean hasRecord(Path repetitions) {
    if (!Files.isDirectory(repetitions)) return false;
    try (Stream<Path> files = Files.walk(repetitions, 2)) {
      return files.anyMatch(file -> file.endsWith("record.json"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + repetitions, e);
    }
  }

  /** How many repetitions there are to be. */
  int repetitions() {
    return run.map(r -> r.order().size()).orElse(1);
  }

  /** Whether figures come from a model. */
  boolean simulated() {
    return run.map(RunRecord::simulated).orElse(false);
  }

  /** Whether neither a step shows itself nor a process drives the run. */
  boolean isAbandoned() {
    return end.isEmpty()
        && steps.isEmpty()
        && run.isPresent()
        && !RunDirectory.open(root).isDriven();
  }

  /** What is left of the run's ramps, in the device's own time. */
  double leftSeconds(Plan plan) {
    double ramp =
        plan.protocol().ramp().stream().mapToDouble(s -> s.duration().toMillis() / 1000.0).sum()
            / run.map(RunRecord::durationDivisor).orElse(1);
    double done =
        steps.stream()
            .map(WatchPoint.Seen::step)
            .mapToDouble(s -> s.rampProgress().seconds())
            .sum();
    return Math.max(0, ramp * (repetitions() - finished) - done);
  }

  /** The plan as registered; a single repetition has none. */
  Optional<Plan> plan() {
    return run.map(r -> new Judgement(RunDirectory.open(root)).registered().plan());
  }

  /** As one line of JSON says it. */
  record Line(
      String at,
      String run,
      boolean simulated,
      int finished,
      int repetitions,
      Optional<String> end,
      List<LiveStep> steps) {}

  /**
   * For JSON.
   *
   * @param at the moment, as ISO 8601 in UTC
   */
  Line line(String at) {
    return new Line(
        at,
        root.toString(),
        simulated(),
        finished,
        repetitions(),
        end,
        steps.stream().map(WatchPoint.Seen::step).toList());
  }
}
