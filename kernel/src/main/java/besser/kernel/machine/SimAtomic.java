package besser.kernel.machine;

import besser.kernel.AtomicInt;

/** {@code atomic_t}. */
final class SimAtomic extends SharedCell implements AtomicInt {
  private int value;

  SimAtomic(Engine engine, String name, int initial) {
    super(engine, name);
    this.value = initial;
  }

  @Override
  public int read() {
    read(Access.READ_ONCE);
    return value;
  }

  @Override
  public int peek() {
    return value;
  }

  @Override
  public void set(int newValue) {
    write(Access.WRITE_ONCE);
    value = newValue;
  }

  @Override
  public int xchg(int newValue) {
    modify(Access.ATOMIC_ORDERED);
    int old = value;
    value = newValue;
    return old;
  }

  @Override
  public int cmpxchg(int expected, int newValue) {
    modify(Access.ATOMIC_ORDERED);
    int old = value;
    if (old == expected) value = newValue;
    return old;
  }

  @Override
  public void add(int delta) {
    modify(Access.ATOMIC_RELAXED);
    value += delta;
  }

  @Override
  public int addReturn(int delta) {
    modify(Access.ATOMIC_ORDERED);
    value += delta;
    return value;
  }
}
