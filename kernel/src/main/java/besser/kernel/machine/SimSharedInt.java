package besser.kernel.machine;

import besser.kernel.SharedInt;

/** A plain {@code int}. */
final class SimSharedInt extends SharedCell implements SharedInt {
  private int value;

  SimSharedInt(Engine engine, String name, int initial) {
    super(engine, name);
    this.value = initial;
  }

  @Override
  public int get() {
    read(Access.READ);
    return value;
  }

  @Override
  public void set(int newValue) {
    write(Access.WRITE);
    value = newValue;
  }

  @Override
  public int readOnce() {
    read(Access.READ_ONCE);
    return value;
  }

  @Override
  public int dataRace() {
    read(Access.DATA_RACE);
    return value;
  }

  @Override
  public void writeOnce(int newValue) {
    write(Access.WRITE_ONCE);
    value = newValue;
  }

  @Override
  public int peek() {
    return value;
  }
}
