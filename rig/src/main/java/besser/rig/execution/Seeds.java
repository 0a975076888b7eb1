package besser.rig.execution;

import besser.kernel.random.RandomStream;
import besser.rig.run.RepetitionId;

/**
 * The seeds of a run's repetitions. Every repetition of every arm has one of its own: arms that
 * shared seeds would be correlated, and the statistics take them as independent.
 */
public final class Seeds {
  private Seeds() {}

  /** The seed of one repetition, from the run's seed and the repetition's name alone. */
  public static long ofRepetition(long runSeed, RepetitionId id) {
    return new RandomStream(runSeed, "repetition " + id).nextLong();
  }
}
