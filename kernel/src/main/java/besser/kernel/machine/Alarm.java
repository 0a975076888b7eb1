package besser.kernel.machine;

/** A reusable device event: armed and cancelled any number of times without allocating. */
public interface Alarm {
  /** Sets it to happen after a delay, instead of whenever it was set to happen before. */
  void arm(long delayNanos);

  /** Takes it back; false when it was not armed. */
  boolean cancel();

  /** Whether it will happen. */
  boolean isArmed();
}
