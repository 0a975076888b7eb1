package besser.check.strategy;

/** Seeds derived from a seed and an index, so that any run can be made again alone. */
final class Seeds {
  private Seeds() {}

  /** SplitMix64's output function of the two. */
  static long derive(long seed, long index) {
    long x = seed + (index + 1) * 0x9e3779b97f4a7c15L;
    x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
