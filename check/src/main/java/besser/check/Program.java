package besser.check;

/**
 * What is explored: it builds a machine, lets code run on it and brings it to an end. Called many
 * times, also from several threads at once; each run shares nothing with another, and what happens
 * in it depends on the trial alone.
 */
public interface Program {
  /** Its name at the command line and in files, such as {@code relay} or {@code lost-update}. */
  String name();

  /** One line: what it does. */
  String summary();

  /**
   * How much it has to do when nobody says otherwise, at least 1: frames, items, rounds. A failure
   * is also searched at smaller loads, to make it simple.
   */
  default int load() {
    return 1;
  }

  /**
   * Runs once: {@code try (Machine machine = trial.machine(2)) { ...; machine.runToEnd(); }}. A
   * machine whose devices never fall silent is run with {@code runUntil} and then asked to {@code
   * reportBlocked}.
   */
  void run(Trial trial);
}
