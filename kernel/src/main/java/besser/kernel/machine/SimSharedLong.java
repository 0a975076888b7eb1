package besser.kernel.machine;

import besser.kernel.SharedLong;

/** A plain {@code long}. */
final class SimSharedLong extends SharedCell implements SharedLong {
  private long value;

  SimSharedLong(Engine engine, String name, long initial) {
    super(engine, name);
    this.value = initial;
  }

  @Override
  public long get() {
    read(Access.READ);
    return value;
  }

  @Override
  public void set(long newValue) {
    write(Access.WRITE);
    value = newValue;
  }

  @Override
  public long readOnce() {
    read(Access.READ_ONCE);
    return value;
  }

  @Override
  public long dataRace() {
    read(Access.DATA_RACE);
    return value;
  }

  @Override
  public void writeOnce(long newValue) {
    write(Access.WRITE_ONCE);
    value = newValue;
  }
}
