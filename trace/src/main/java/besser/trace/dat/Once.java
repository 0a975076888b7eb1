package besser.trace.dat;

import java.util.Optional;
import java.util.function.Supplier;

/** A value computed when first asked for. */
final class Once<T> implements Supplier<T> {
  private final Supplier<? extends T> computation;
  private Optional<T> value = Optional.empty();

  Once(Supplier<? extends T> computation) {
    this.computation = computation;
  }

  @Override
  public synchronized T get() {
    if (value.isEmpty()) {
      value = Optional.of(computation.get());
    }
    return value.get();
  }
}
