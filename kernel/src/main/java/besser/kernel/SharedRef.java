package besser.kernel;

import java.util.Optional;

/** A plain pointer that several contexts may touch; empty is {@code NULL}. */
public interface SharedRef<T> {
  /** A plain load. */
  Optional<T> get();

  /** A plain store. */
  void set(T value);

  /** A plain store of {@code NULL}. */
  void clear();

  /** {@code READ_ONCE}. */
  Optional<T> readOnce();

  /** {@code WRITE_ONCE}; empty stores {@code NULL}. */
  void writeOnce(Optional<T> value);

  /**
   * {@code data_race(x)}: a plain load that may race and is meant to; no race is reported of it.
   */
  Optional<T> dataRace();
}
