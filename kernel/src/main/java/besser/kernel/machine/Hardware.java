package besser.kernel.machine;

import besser.kernel.random.RandomStream;

/**
 * What is outside the CPUs: devices live here, on simulated time, and reach the CPUs through
 * interrupt lines. Device code never calls the kernel.
 */
public interface Hardware {
  /** Nanoseconds since boot. */
  long nowNanos();

  /** Does something after a delay of at least 0; equal times happen in the order asked. */
  Cancellable after(long delayNanos, Runnable action);

  /** A reusable event, for what happens often. */
  Alarm alarm(Runnable action);

  /** A new interrupt line; the number must be unused. */
  IrqLine irqLine(int irq, String name, int cpu);

  /** The device's own random stream. */
  RandomStream random(String name);

  /** Asks the schedule whether a fault occurs here and now. */
  boolean occurs(Fault fault);

  /** Whether operations take no time, so that devices should answer at once. */
  boolean isStill();
}
