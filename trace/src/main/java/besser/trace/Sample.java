package besser.trace;

/**
 * The profile sample under a cursor: where a CPU was when the sampling event fired. A flyweight,
 * valid only during the call that hands it out.
 */
public interface Sample {
  /** The sampling event, such as {@code cpu-clock} or {@code sched:sched_switch}. */
  String eventName();

  /** When it was taken, in nanoseconds of the source's clock. */
  long timeNanos();

  /** The CPU it was taken on, {@code >= 0}; -1 when the profile does not record it. */
  int cpu();

  /** Process id; 0 is the idle task; -1 when the profile does not record it. */
  int pid();

  /** Thread id; 0 is the idle task; -1 when the profile does not record it. */
  int tid();

  /** Name of the thread. */
  String comm();

  /** What the sample stands for in units of its event (nanoseconds for {@code cpu-clock}). */
  long period();

  /** Whether the CPU was in its idle loop: idle task, and not in an interrupt on top of it. */
  boolean idle();

  /** Number of frames of the call chain, {@code >= 1}; a sample without a chain has one. */
  int depth();

  /**
   * A frame of the call chain; 0 is the function that was executing, {@code depth - 1} the root.
   *
   * @throws IndexOutOfBoundsException when {@code index} is not from 0 to {@code depth - 1}
   */
  Frame frame(int index);

  /** The instruction (or return) address of that frame; 0 when the source has none. */
  long address(int index);
}
