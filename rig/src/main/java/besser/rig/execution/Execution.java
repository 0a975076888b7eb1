package besser.rig.execution;

import besser.experiment.plan.Plan;
import besser.rig.device.Device;
import besser.rig.device.Progress;
import besser.rig.device.RepetitionRequest;
import besser.rig.device.RepetitionStopped;
import besser.rig.run.Digest;
import besser.rig.run.Journal;
import besser.rig.run.JournalEntry;
import besser.rig.run.RepetitionId;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import besser.rig.run.RunRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Runs what a run's order still lacks. A repetition counts once the journal says that it finished
 * and its record still has the digest the journal names; everything else is run again from its
 * start, which for a simulated device gives the same bytes.
 */
public final class Execution {
  private final RunDirectory directory;
  private final Plan plan;
  private final Device device;

  /** Of a plan on a device, into a directory that holds the run's {@code run.json}. */
  public Execution(RunDirectory directory, Plan plan, Device device) {
    this.directory = directory;
    this.plan = plan;
    this.device = device;
  }

  /** The repetitions that are still to be run, in the run's order. */
  public List<RunRecord.Slot> missing() {
    Set<RepetitionId> finished = finished();
    return directory.run().order().stream()
        .filter(slot -> !finished.contains(slot.repetition()))
        .toList();
  }

  /**
   * Runs the missing repetitions, as many at a time as the device can.
   *
   * @throws RepetitionStopped when the operator stopped it; what had finished stays
   */
  public void run(Journal journal, Progress progress) {
    int atATime = device.parallelRepetitions();
    List<RunRecord.Slot> left = missing();
    while (!left.isEmpty()) {
      int together = together(left.size(), atATime);
      runTogether(left.subList(0, together), new Turns(atATime, progress), journal);
      left = left.subList(together, left.size());
    }
  }

  /**
   * How many repetitions to begin together: one more than can run at a time, so that taking turns
   * brings them to their ends together, or all that are left when the next such group would be too
   * few for that. Few, as those that have not ended are lost when the run is killed.
   */
  static int together(int left, int atATime) {
    if (atATime == 1) return 1;
    return left <= 2 * atATime + 1 ? left : atATime + 1;
  }

  private void runTogether(List<RunRecord.Slot> slots, Turns turns, Journal journal) {
    try (ExecutorService threads = device.threads(slots.size())) {
      List<Future<?>> repetitions = new ArrayList<>();
      for (RunRecord.Slot slot : slots) {
        repetitions.add(threads.submit(() -> runInTurn(slot, turns, journal)));
      }
      awaitAll(repetitions);
    }
  }

  private void runInTurn(RunRecord.Slot slot, Turns turns, Journal journal) {
    try {
      turns.begin(slot.repetition());
      runOne(slot, journal, turns);
    } finally {
      turns.end(slot.repetition());
    }
  }

  private void runOne(RunRecord.Slot slot, Journal journal, Progress progress) {
    if (progress.stopRequested()) throw new RepetitionStopped();
    RunRecord run = directory.run();
    RepetitionId id = slot.repetition();
    journal.append(new JournalEntry.Started(JournalEntry.now(), id));
    RepetitionRequest request =
        new RepetitionRequest(
            plan, slot.arm(), id, Seeds.ofRepetition(run.seed(), id), run.durationDivisor());
    RepetitionRecord record = device.run(request, directory, progress);
    String sha256 = directory.writeRepetition(record);
    journal.append(new JournalEntry.Finished(JournalEntry.now(), id, sha256));
  }

  private Set<RepetitionId> finished() {
    Set<RepetitionId> finished = new HashSet<>();
    for (JournalEntry entry : directory.journal()) {
      if (entry instanceof JournalEntry.Finished done && isWhole(done)) {
        finished.add(done.repetition());
      }
    }
    return finished;
  }

  private boolean isWhole(JournalEntry.Finished done) {
    Path record = directory.repetitionFolder(done.repetition()).resolve("record.json");
    try {
      return Files.exists(record)
          && Digest.sha256(Files.readAllBytes(record)).equals(done.sha256());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + record, e);
    }
  }

  private static void awaitAll(List<Future<?>> repetitions) {
    List<Throwable> failures = new ArrayList<>();
    for (Future<?> repetition : repetitions) {
      try {
        repetition.get();
      } catch (ExecutionException e) {
        failures.add(e.getCause() == null ? e : e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RepetitionStopped();
      }
    }
    // A defect must not hide behind the stops that it caused in the other repetitions.
    for (Throwable failure : failures) {
      if (!(failure instanceof RepetitionStopped)) rethrow(failure);
    }
    if (!failures.isEmpty()) throw new RepetitionStopped();
  }

  private static void rethrow(Throwable failure) {
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("a repetition failed", failure);
    }
  }
}
