package besser.check.lockdep;

/** Lockdep's usage bits: in which contexts a class was taken, and what was enabled meanwhile. */
enum Usage {
  IN_HARDIRQ("IN-HARDIRQ-W"),
  IN_SOFTIRQ("IN-SOFTIRQ-W"),
  HARDIRQ_ON("HARDIRQ-ON-W"),
  SOFTIRQ_ON("SOFTIRQ-ON-W");

  private final String lockdepName;

  Usage(String lockdepName) {
    this.lockdepName = lockdepName;
  }

  /** As lockdep prints it. */
  String lockdepName() {
    return lockdepName;
  }

  /** For the use in interrupts: the use with those interrupts on. */
  Usage opposite() {
    return switch (this) {
      case IN_HARDIRQ -> HARDIRQ_ON;
      case IN_SOFTIRQ -> SOFTIRQ_ON;
      case HARDIRQ_ON -> IN_HARDIRQ;
      case SOFTIRQ_ON -> IN_SOFTIRQ;
    };
  }
}
