package besser.kernel;

/** {@code struct task_struct} as drivers see it. */
public interface Task {
  /** Process id, as tracepoints show it. */
  int pid();

  /** The command name of at most 15 characters. */
  String comm();

  /** {@code wake_up_process}: whether it was asleep. */
  boolean wakeUp();

  /** {@code kthread_should_stop}. */
  boolean shouldStop();

  /** {@code kthread_stop}: asks it to end, and waits. */
  void stop();
}
