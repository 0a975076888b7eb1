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
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    try (ExecutorService threads = Executors.newFixedThreadPool(device.parallelRepetitions())) {
      List<Future<?>> repetitions = new ArrayList<>();
      for (RunRecord.Slot slot : inOrderOfStart()) {
        repetitions.add(threads.submit(() -> runOne(slot, journal, progress)));
      }
      awaitAll(repetitions);
    }
  }

  /**
   * Where repetitions run side by side their order says nothing about time. Those of one number
   * last about as long in every arm: started together, they leave no processor alone with the last.
   */
  private List<RunRecord.Slot> inOrderOfStart() {
    List<RunRecord.Slot> slots = new ArrayList<>(missing());
    if (device.parallelRepetitions() > 1) {
      slots.sort(Comparator.comparingInt(slot -> slot.repetition().number()));
    }
    return slots;
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
