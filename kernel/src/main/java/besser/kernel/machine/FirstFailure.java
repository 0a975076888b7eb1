package besser.kernel.machine;

import org.jspecify.annotations.Nullable;

/** What a simulation failed of: the first failure, since others follow from it. */
final class FirstFailure {
  private final Engine engine;
  private @Nullable SimulationFailure known;

  FirstFailure(Engine engine) {
    this.engine = engine;
  }

  boolean happened() {
    return known != null;
  }

  /** Keeps a failure of the running context, unless there was one before. */
  void record(String what, @Nullable Throwable cause) {
    if (known == null) known = failure(what, cause);
  }

  /** Keeps a failure from which the running context cannot go on; to be thrown. */
  SimulationFailure fatal(String what) {
    SimulationFailure first = known == null ? failure(what, null) : known;
    known = first;
    return first;
  }

  void rethrow() {
    if (known != null) throw known;
  }

  private SimulationFailure failure(String what, @Nullable Throwable cause) {
    SimTask task = engine.running.current;
    SimulationFailure found =
        new SimulationFailure(
            what,
            engine.config.seed(),
            engine.localTime(),
            engine.context().name(),
            (cause == null ? task.stack() : task.stack.lastEntered()).stack());
    if (cause != null) found.initCause(cause);
    return found;
  }
}
