package besser.kernel.observe;

import besser.kernel.Task;

/**
 * One thread of execution as race detection sees it: a task, or the softirq or hardirq level of a
 * CPU. The same object is announced each time that context runs; its state is that of the moment.
 */
public interface Context {
  /** What kind of context code runs in. */
  enum Kind {
    /** A task, including a threaded interrupt handler. */
    TASK,
    /** Softirqs on a CPU, wherever they run: on interrupt exit, in BH enable, in ksoftirqd. */
    SOFTIRQ,
    /** A hardirq on a CPU. */
    HARDIRQ
  }

  /** Its kind. */
  Kind kind();

  /** Dense number from 0, unique in its machine. */
  int id();

  /** The CPU it runs on, or ran on last. */
  int cpu();

  /** The task itself, or the one that it interrupted. */
  Task task();

  /** Whether interrupts are off on its CPU. */
  boolean irqsDisabled();

  /** Whether softirqs are held off: BH disabled or in softirq. */
  boolean bhDisabled();

  /** {@code preempt_count()} as Linux lays it out: preempt 0-7, softirq 8-15, hardirq 16-19. */
  int preemptCount();

  /** Whether sleeping is forbidden now. */
  boolean inAtomic();

  /** The innermost function; its parents are the call stack. */
  CallNode stack();

  /** Such as {@code bes_sdio/17}, {@code softirq/1} or {@code hardirq/0}. */
  String name();
}
