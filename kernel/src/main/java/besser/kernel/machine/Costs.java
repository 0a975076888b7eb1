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
 * <p>This is the hottest code there is, and what it touches must stay in the cache: most functions
 * cost the same each time and are a number in a small table; the others draw ahead in batches that
 * lie side by side.
 */
final class Costs {
  private static final int SHIFT = 6;
  private static final int BATCH = 1 << SHIFT;

  /** Not a fixed cost: nobody asked yet, or it differs from call to call. */
  private static final int UNKNOWN = -1;

  /** Not to be taken from the table, whatever it costs: a probe wants to know of each call. */
  private static final int WATCHED = -2;

  private final CostModel model;
  private final long seed;

  /** What a call costs that always costs the same, or a negative number. */
  private int[] fixed = {};

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

  /**
   * What a call costs in nanoseconds when that is all there is to know of it; negative when {@link
   * #of} is to be asked, or somebody else wants to know of the call.
   */
  int fixed(KernelFunction function) {
    int index = function.index();
    int[] known = fixed;
    return index < known.length ? known[index] : UNKNOWN;
  }

  /** Calls of a function are never all there is to know. */
  void watch(KernelFunction function) {
    int index = function.index();
    if (index >= sources.length) grow(index + 64);
    fixed[index] = WATCHED;
  }

  /** What a call costs. */
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
    if (index >= sources.length) grow(index + 64);
    Source source = sources[index];
    if (source == null) {
      String stream = "cost:" + function.module() + ":" + function.name();
      source = new Source(model.of(function), seed, stream);
      sources[index] = source;
      if (source.isFixed() && fixed[index] == UNKNOWN) fixed[index] = source.sample();
    }
    int at = index << SHIFT;
    source.fill(drawn, at + 1, at + BATCH);
    drawn[at] = 2;
    return drawn[at + 1];
  }

  private void grow(int functions) {
    int before = sources.length;
    sources = Arrays.copyOf(sources, functions);
    drawn = Arrays.copyOf(drawn, functions << SHIFT);
    fixed = Arrays.copyOf(fixed, functions);
    Arrays.fill(fixed, before, functions, UNKNOWN);
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

    boolean isFixed() {
      return distribution.isFixed();
    }

    int sample() {
      return (int) Math.min(distribution.sample(random), Integer.MAX_VALUE);
    }

    void fill(int[] nanos, int from, int to) {
      distribution.fill(nanos, from, to, random);
    }
  }
}
