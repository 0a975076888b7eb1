package besser.check.race;

/**
 * A CPU's interrupts, or its softirqs, against the sections that hold them off. They order handlers
 * and sections, but not two sections of different tasks.
 */
final class Exclusion {
  /** What sections did that have ended. */
  final VectorClock sections = new VectorClock();

  /** What handlers did that have ended. */
  final VectorClock handlers = new VectorClock();
}
