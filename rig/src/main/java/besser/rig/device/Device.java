package besser.rig.device;

import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What is under test: it can run whole ramps in one of its variants. */
public interface Device extends AutoCloseable {
  /** As the user named it, such as {@code sim:pinetab2}. */
  String name();

  /** Whether its figures come from a model. */
  boolean simulated();

  /** SHA-256 of the profile behind a simulated device; {@code none} on a real one. */
  String profileHash();

  /** The variants it can run. */
  List<String> variants();

  /** How many repetitions can run at the same time without disturbing one another. */
  int parallelRepetitions();

  /** Threads for so many repetitions that are begun together. */
  default ExecutorService threads(int repetitions) {
    return Executors.newFixedThreadPool(repetitions);
  }

  /**
   * Runs one repetition and writes everything but its record into the run directory.
   *
   * @param progress told now and then how far it is, and asked whether to stop
   * @return the record, which the caller writes last
   * @throws RepetitionStopped when {@code progress} says so
   * @throws DeviceUnable when the device cannot do what is asked
   */
  RepetitionRecord run(RepetitionRequest request, RunDirectory into, Progress progress);

  @Override
  void close();
}
