package besser.check.standard;

import besser.check.Checker;
import besser.check.conserve.MemoryChecker;
import besser.check.context.ContextChecker;
import besser.check.liveness.BlockedChecker;
import besser.check.liveness.EndlessChecker;
import besser.check.lockdep.LockdepChecker;
import besser.check.race.RaceChecker;
import java.util.List;

/** Every checker that needs no knowledge of a driver. */
public final class StandardCheckers {
  private StandardCheckers() {}

  /** Fresh ones, for one run. */
  public static List<Checker> all() {
    return List.of(
        new RaceChecker(),
        new LockdepChecker(),
        new ContextChecker(),
        new BlockedChecker(),
        new EndlessChecker(),
        new MemoryChecker());
  }
}
