package besser.check;

/** Classes of defects. */
public enum FindingKind {
  /** Two unordered accesses, one a write, not both marked. */
  DATA_RACE("data-race", "data race"),
  /** Two lock classes are taken in both orders. */
  LOCK_CYCLE("lock-cycle", "possible circular locking dependency"),
  /** A lock used in interrupts is also held with them enabled. */
  IRQ_LOCK("irq-lock", "inconsistent lock state"),
  /** A lock safe in interrupts depends on one that is not. */
  IRQ_LOCK_ORDER("irq-lock-order", "possible irq lock inversion"),
  /** A context takes a lock of a class it already holds. */
  LOCK_RECURSION("lock-recursion", "possible recursive locking"),
  /** A lock that may sleep on PREEMPT_RT is taken inside one that must not be slept under. */
  WAIT_CONTEXT("wait-context", "invalid wait context"),
  /** A lock held at the wrong time: at exit, released by another. */
  LOCK_USE("lock-use", "lock used wrongly"),
  /** Something that may sleep where sleeping is forbidden. */
  ATOMIC_SLEEP("atomic-sleep", "sleeping function called from invalid context"),
  /** A call in a context it must not be made from. */
  WRONG_CONTEXT("wrong-context", "called from the wrong context"),
  /** Nobody can go on any more. */
  DEADLOCK("deadlock", "deadlock"),
  /** A waiter whose condition became true was not woken. */
  LOST_WAKEUP("lost-wakeup", "lost wake-up"),
  /** Nothing moves while work is pending. */
  STALL("stall", "stall"),
  /** Something moves forever and gets nowhere. */
  LIVELOCK("livelock", "livelock"),
  /** A runnable task was never let run. */
  STARVATION("starvation", "starvation"),
  /** Freed twice. */
  DOUBLE_FREE("double-free", "double free"),
  /** Used after it was freed. */
  USE_AFTER_FREE("use-after-free", "use after free"),
  /** Never freed. */
  LEAK("leak", "memory leak"),
  /** A frame that was neither delivered nor counted as dropped. */
  FRAME_LOST("frame-lost", "frame lost"),
  /** A frame delivered more than once. */
  FRAME_DUPLICATED("frame-duplicated", "frame delivered twice"),
  /** Frames of one station and TID in the wrong order. */
  FRAME_REORDERED("frame-reordered", "frames delivered out of order"),
  /** Credits or counts that do not return to zero. */
  ACCOUNT("account", "account does not balance"),
  /** Sequence numbers that disagree. */
  SEQUENCE("sequence", "sequence mismatch"),
  /** The driver gave the link up. */
  LINK_DEATH("link-death", "link death"),
  /** {@code BUG}, or simulated code that threw. */
  OOPS("oops", "kernel oops"),
  /** {@code WARN_ON}. */
  WARNING("warning", "kernel warning"),
  /** A rule of the kernel was broken. */
  MISUSE("misuse", "rule broken");

  private final String id;
  private final String title;

  FindingKind(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** Its name in files and keys. */
  public String id() {
    return id;
  }

  /** Its name in reports. */
  public String title() {
    return title;
  }
}
