package besser.kernel.machine;

import besser.kernel.observe.Context;

/** One question to a {@link Schedule}. A flyweight: valid during the call only. */
public interface Choice {
  /** What is asked. */
  enum Kind {
    /** Which context goes on. */
    RUN,
    /** Whether the allocation at {@link #site} fails: option 1 is failure. */
    ALLOCATION,
    /** Whether the fault {@link #site} occurs: option 1 is yes. */
    FAULT
  }

  /** What an option of a {@link Kind#RUN} choice does. */
  enum Move {
    /** The running context goes on. */
    CONTINUE,
    /** Another CPU's current context goes on. */
    OTHER_CPU,
    /** A CPU's current task is preempted, or an idle CPU is given, a runnable task. */
    PREEMPT,
    /** A pending interrupt is delivered to its CPU. */
    DELIVER_IRQ,
    /** Time passes until the next device or timer event, which happens. */
    ADVANCE_TIME
  }

  /** What is asked. */
  Kind kind();

  /** The place: an allocation site or a fault; for {@code RUN} the operation about to be done. */
  String site();

  /** How many answers there are, at least 1. */
  int options();

  /** What an option of a {@code RUN} choice does. */
  Move move(int option);

  /** The CPU an option concerns; -1 for {@code ADVANCE_TIME}. */
  int cpu(int option);

  /**
   * A dense number of the thread of execution that an option lets go on: the id of a {@link
   * Context} for tasks; negative, {@code -1 - irq}, for an interrupt line; {@link
   * Integer#MIN_VALUE} for time.
   */
  int actor(int option);

  /** The operation the option's context is about to do, where that is known. */
  Operation operation(int option);

  /** The number of the lock or variable that operation concerns, -1 when none or unknown. */
  int object(int option);

  /** Visible operations of a context. */
  enum Operation {
    /** Not known, or none. */
    UNKNOWN,
    LOCK,
    UNLOCK,
    READ,
    WRITE,
    ATOMIC,
    WAKE,
    WAIT,
    QUEUE,
    IRQ_STATE,
    OTHER
  }
}
