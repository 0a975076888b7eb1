package besser.kernel.machine;

import besser.kernel.KernelFunction;
import besser.kernel.random.Distribution;
import besser.kernel.random.RandomStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Samples what calls cost. Every function draws from a stream of its own, so that one more call of
 * one function changes the cost of no other, and two arms of a comparison share their draws.
 *
 * <p>Samples are drawn ahead in small batches that lie side by side: this is the hottest code there
 * is, and what it touches must stay in the cache.
 */
final class Costs {
  private static final int SHIFT = 4;
  private static final int BATCH = 1 << SHIFT;

  private final CostModel model;
  private final long seed;

  /** BATCH ints per function: the next one's position, then samples in nanoseconds. */
  private int[] drawn = {};

  private @Nullable Source[] sources = {};
  private final double copyNanosPerByte;
  private final double zeroNanosPerByte;
  private final Source idleExit;
  private final Source ipi;

  Costs(CostModel model, long seed) {
    this.model = model;
    this.seed = seed;
    this.copyNanosPerByte = model.copyNanosPerByte();
    this.zeroNanosPerByte = model.zeroNanosPerByte();
    this.idleExit = new Source(model.idleExit(), seed, "latency:idle-exit");
    this.ipi = new Source(model.ipi(), seed, "latency:ipi");
  }

  long of(KernelFunction function) {
    int at = function.index() << SHIFT;
    int[] samples = drawn;
    if (at < samples.length) {
      int position = samples[at];
      if (position != 0) {
        // Position 0 means that the batch is used up, or was never drawn.
        samples[at] = (position + 1) & (BATCH - 1);
        return samples[at + position];
      }
    }
    return draw(function);
  }

  private long draw(KernelFunction function) {
    int index = function.index();
    if (index >= sources.length) {
      sources = Arrays.copyOf(sources, index + 64);
      drawn = Arrays.copyOf(drawn, sources.length << SHIFT);
    }
    Source source = sources[index];
    if (source == null) {
      String stream = "cost:" + function.module() + ":" + function.name();
      source = new Source(model.of(function), seed, stream);
      sources[index] = source;
    }
    int at = index << SHIFT;
    for (int i = 1; i < BATCH; i++) drawn[at + i] = clamp(source.sample());
    drawn[at] = 2;
    return drawn[at + 1];
  }

  private static int clamp(long nanos) {
    return (int) Math.min(nanos, Integer.MAX_VALUE);
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

  private static final class Source {
    private final Distribution distribution;
    private final RandomStream random;

    Source(Distribution distribution, long seed, String stream) {
      this.distribution = distribution;
      this.random = new RandomStream(seed, stream);
    }

    long sample() {
      return distribution.sample(random);
    }
  }
}
