package besser.kernel.random;

/**
 * One subsystem's own stream of random numbers: xoshiro256++ (Blackman and Vigna, "Scrambled linear
 * pseudorandom number generators", ACM TOMS 2021), seeded by SplitMix64 from a run's seed and the
 * subsystem's name, so that a draw more in one subsystem moves nothing in another.
 */
public final class RandomStream {
  private long s0;
  private long s1;
  private long s2;
  private long s3;

  /** The stream of {@code name} in the run seeded by {@code seed}. */
  public RandomStream(long seed, String name) {
    long state = seed ^ fnv1a(name);
    s0 = splitMix(state += GOLDEN);
    s1 = splitMix(state += GOLDEN);
    s2 = splitMix(state += GOLDEN);
    s3 = splitMix(state + GOLDEN);
  }

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /** 64 random bits. */
  public long nextLong() {
    long result = Long.rotateLeft(s0 + s3, 23) + s0;
    long t = s1 << 17;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = Long.rotateLeft(s3, 45);
    return result;
  }

  /** Uniform in [0, bound), for bound from 1; without the bias of a remainder (Lemire 2019). */
  public int nextInt(int bound) {
    if (bound < 1) throw new IllegalArgumentException("bound must be >= 1, got " + bound);
    long product = (nextLong() >>> 32) * bound;
    long low = product & 0xffffffffL;
    if (low < bound) {
      long threshold = (1L << 32) % bound;
      while (low < threshold) {
        product = (nextLong() >>> 32) * bound;
        low = product & 0xffffffffL;
      }
    }
    return (int) (product >>> 32);
  }

  /** Uniform in [0, 1) with 53 bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** True with the given probability. */
  public boolean nextBoolean(double probability) {
    return nextDouble() < probability;
  }

  private static long splitMix(long z) {
    long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }

  private static long fnv1a(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
