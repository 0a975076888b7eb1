package besser.kernel;

/** A plain {@code long} that several contexts may touch; plain accesses can race. */
public interface SharedLong {
  /** A plain load. */
  long get();

  /** A plain store. */
  void set(long value);

  /** {@code READ_ONCE}. */
  long readOnce();

  /**
   * {@code data_race(x)}: a plain load that may race and is meant to; no race is reported of it.
   */
  long dataRace();

  /** {@code WRITE_ONCE}. */
  void writeOnce(long value);
}
