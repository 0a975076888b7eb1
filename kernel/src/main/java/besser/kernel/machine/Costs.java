package besser.kernel.machine;

import besser.kernel.KernelFunction;
import besser.kernel.random.Distribution;
import besser.kernel.random.RandomStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Samples what calls cost. Every function draws from a stream of its own, so that one more call of
 * one function changes the cost of no other, and two arms of a comparison share their draws.
 */
final class Costs {
  private final CostModel model;
  private final long seed;
  private @Nullable Cost[] byFunction = {};
  private final double copyNanosPerByte;
  private final double zeroNanosPerByte;
  private final Cost idleExit;
  private final Cost ipi;

  Costs(CostModel model, long seed) {
    this.model = model;
    this.seed = seed;
    this.copyNanosPerByte = model.copyNanosPerByte();
    this.zeroNanosPerByte = model.zeroNanosPerByte();
    this.idleExit = new Cost(model.idleExit(), seed, "latency:idle-exit");
    this.ipi = new Cost(model.ipi(), seed, "latency:ipi");
  }

  long of(KernelFunction function) {
    int index = function.index();
    if (index < byFunction.length) {
      Cost cost = byFunction[index];
      if (cost != null) return cost.sample();
    }
    return add(function).sample();
  }

  private Cost add(KernelFunction function) {
    int index = function.index();
    if (index >= byFunction.length) byFunction = Arrays.copyOf(byFunction, index + 64);
    Cost cost =
        new Cost(model.of(function), seed, "cost:" + function.module() + ":" + function.name());
    byFunction[index] = cost;
    return cost;
  }

  long copyNanos(int bytes) {
    return (long) (bytes * copyNanosPerByte);
  }

  long zeroNanos(int bytes) {
    return (long) (bytes * zeroNanosPerByte);
  }

  long idleExitNanos() {
    return idleExit.sample();
  }

  long ipiNanos() {
    return ipi.sample();
  }

  private static final class Cost {
    private final Distribution distribution;
    private final RandomStream random;

    Cost(Distribution distribution, long seed, String stream) {
      this.distribution = distribution;
      this.random = new RandomStream(seed, stream);
    }

    long sample() {
      return distribution.sample(random);
    }
  }
}
