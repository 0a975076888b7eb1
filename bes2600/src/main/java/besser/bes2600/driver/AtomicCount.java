package besser.bes2600.driver;

import besser.kernel.AtomicInt;
import besser.kernel.Kernel;
import besser.kernel.SharedInt;

/** An {@code atomic_t} where the shipped driver has an {@code int}. */
final class AtomicCount implements SharedInt {
  private final AtomicInt value;

  AtomicCount(Kernel kernel, String name) {
    value = kernel.atomic(name, 0);
  }

  @Override
  public int get() {
    return value.read();
  }

  @Override
  public void set(int newValue) {
    value.set(newValue);
  }

  @Override
  public int readOnce() {
    return value.read();
  }

  @Override
  public int dataRace() {
    return value.read();
  }

  @Override
  public void writeOnce(int newValue) {
    value.set(newValue);
  }

  @Override
  public int add(int delta) {
    return value.addReturn(delta);
  }

  @Override
  public int peek() {
    return value.peek();
  }
}
