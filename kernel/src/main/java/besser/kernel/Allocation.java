package besser.kernel;

/** One live allocation; freeing it twice is announced to observers. */
public interface Allocation {
  /** The place that allocated it. */
  String site();

  /** Its size in bytes. */
  int bytes();
}
