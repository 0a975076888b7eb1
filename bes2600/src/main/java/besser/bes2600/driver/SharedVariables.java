package besser.bes2600.driver;

import besser.kernel.Kernel;
import besser.kernel.SharedInt;
import besser.kernel.SharedRef;
import java.util.Optional;
import java.util.Set;

/** Declares a shared variable: plain as it ships, or marked where a hardening says so. */
final class SharedVariables {
  private final Kernel kernel;
  private final Set<Hardening> hardenings;

  SharedVariables(Kernel kernel, Set<Hardening> hardenings) {
    this.kernel = kernel;
    this.hardenings = hardenings;
  }

  private boolean isMarked(String name) {
    return mark(name).filter(hardenings::contains).isPresent();
  }

  /** The change that marks every access to a variable. */
  private static Optional<Hardening> mark(String name) {
    return switch (name) {
      case "wsm_cmd.ptr", "wsm_cmd.done" -> Optional.of(Hardening.COMMAND_MARKED);
      case "wsm_caps.numInpChBufs" -> Optional.of(Hardening.CREDIT_LIMIT_MARKED);
      case "self->core", "irq_handler" -> Optional.of(Hardening.TEARDOWN_MARKED);
      case "disable_beacon_filter" -> Optional.of(Hardening.BEACON_FILTER_MARKED);
      default -> Optional.empty();
    };
  }

  SharedInt sharedInt(String name, int initial) {
    SharedInt plain = kernel.sharedInt(name, initial);
    return isMarked(name) ? new MarkedInt(plain) : plain;
  }

  /** A pointer that is NULL. */
  <T> SharedRef<T> sharedRef(String name) {
    SharedRef<T> plain = kernel.sharedRef(name, Optional.empty());
    return isMarked(name) ? new MarkedRef<>(plain) : plain;
  }

  /** Every load is a {@code READ_ONCE} and every store a {@code WRITE_ONCE}. */
  private record MarkedInt(SharedInt variable) implements SharedInt {
    @Override
    public int get() {
      return variable.readOnce();
    }

    @Override
    public void set(int value) {
      variable.writeOnce(value);
    }

    @Override
    public int readOnce() {
      return variable.readOnce();
    }

    @Override
    public void writeOnce(int value) {
      variable.writeOnce(value);
    }

    @Override
    public int dataRace() {
      return variable.dataRace();
    }

    @Override
    public int peek() {
      return variable.peek();
    }
  }

  private record MarkedRef<T>(SharedRef<T> variable) implements SharedRef<T> {
    @Override
    public Optional<T> get() {
      return variable.readOnce();
    }

    @Override
    public void set(T value) {
      variable.writeOnce(Optional.of(value));
    }

    @Override
    public void clear() {
      variable.writeOnce(Optional.empty());
    }

    @Override
    public Optional<T> readOnce() {
      return variable.readOnce();
    }

    @Override
    public void writeOnce(Optional<T> value) {
      variable.writeOnce(value);
    }

    @Override
    public Optional<T> dataRace() {
      return variable.dataRace();
    }
  }
}
