package besser.kernel;

/** {@code atomic_t}. Operations that return a value are fully ordered, as in Linux. */
public interface AtomicInt {
  /** {@code atomic_read}. */
  int read();

  /** The value for whoever looks at the machine from outside: no access, and nobody is told. */
  int peek();

  /** {@code atomic_set}. */
  void set(int value);

  /** {@code atomic_xchg}. */
  int xchg(int value);

  /** {@code atomic_cmpxchg}: the value found. */
  int cmpxchg(int expected, int value);

  /** {@code atomic_add}. */
  void add(int delta);

  /** {@code atomic_add_return}. */
  int addReturn(int delta);

  /** {@code atomic_inc_return}. */
  default int incReturn() {
    return addReturn(1);
  }

  /** {@code atomic_dec_return}. */
  default int decReturn() {
    return addReturn(-1);
  }
}
