package besser.kernel.machine;

import besser.kernel.KernelFunction;
import besser.kernel.random.Distribution;

/**
 * What things cost on a device. Times are of CPU time unless said otherwise, in nanoseconds, for
 * the function alone without its callees.
 */
public interface CostModel {
  /** One call of a function, by name; everything the machine does has one. */
  Distribution of(KernelFunction function);

  /** {@code memcpy} per byte, on top of the call. */
  double copyNanosPerByte();

  /** {@code memset} per byte, on top of the call. */
  double zeroNanosPerByte();

  /** Latency from an interrupt to the first instruction on an idle CPU; not busy time. */
  Distribution idleExit();

  /** Latency of an inter-processor interrupt between sender and receiver; not busy time. */
  Distribution ipi();

  /** Every call costs the same, memory operations one nanosecond per eight bytes. */
  static CostModel fixed(long callNanos) {
    return new FixedCosts(Distribution.fixed(callNanos), callNanos == 0 ? 0 : 0.125);
  }

  /** Everything is free. */
  static CostModel free() {
    return fixed(0);
  }
}
