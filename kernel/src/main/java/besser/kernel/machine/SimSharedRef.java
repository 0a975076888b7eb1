package besser.kernel.machine;

import besser.kernel.SharedRef;
import java.util.Optional;

/** A plain pointer. */
final class SimSharedRef<T> extends SharedCell implements SharedRef<T> {
  private Optional<T> value;

  SimSharedRef(Engine engine, String name, Optional<T> initial) {
    super(engine, name);
    this.value = initial;
  }

  @Override
  public Optional<T> get() {
    read(Access.READ);
    return value;
  }

  @Override
  public void set(T newValue) {
    write(Access.WRITE);
    value = Optional.of(newValue);
  }

  @Override
  public void clear() {
    write(Access.WRITE);
    value = Optional.empty();
  }

  @Override
  public Optional<T> dataRace() {
    read(Access.DATA_RACE);
    return value;
  }

  @Override
  public Optional<T> readOnce() {
    read(Access.READ_ONCE);
    return value;
  }

  @Override
  public void writeOnce(Optional<T> newValue) {
    write(Access.WRITE_ONCE);
    value = newValue;
  }
}
