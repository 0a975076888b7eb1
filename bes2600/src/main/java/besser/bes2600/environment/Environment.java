package besser.bes2600.environment;

import besser.kernel.random.RandomStream;

/** Time and chance outside the device's CPUs. */
public interface Environment {
  /** Nanoseconds since the simulation began. */
  long nowNanos();

  /** Runs {@code happening} {@code delayNanos} (at least 0) from now; it cannot be cancelled. */
  void after(long delayNanos, Runnable happening);

  /** The random stream that {@code name} alone draws from. */
  RandomStream random(String name);
}
