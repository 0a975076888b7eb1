package besser.kernel;

/** A plain {@code int} that several contexts may touch; plain accesses can race. */
public interface SharedInt {
  /** A plain load. */
  int get();

  /** A plain store. */
  void set(int value);

  /** {@code READ_ONCE}. */
  int readOnce();

  /** {@code WRITE_ONCE}. */
  void writeOnce(int value);

  /**
   * {@code data_race(x)}: a plain load that may race and is meant to; no race is reported of it.
   */
  int dataRace();

  /** The value for whoever looks at the machine from outside: no access, and nobody is told. */
  int peek();

  /** {@code x += delta}: a plain load and a plain store, between which others may run. */
  default int add(int delta) {
    int value = get() + delta;
    set(value);
    return value;
  }
}
