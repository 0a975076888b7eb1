package besser.check.standard;

import besser.check.strategy.BoundedExhaustive;
import besser.check.strategy.FaultPlacing;
import besser.check.strategy.Mix;
import besser.check.strategy.Pct;
import besser.check.strategy.Pos;
import besser.check.strategy.RandomWalk;
import besser.check.strategy.Strategy;
import besser.check.strategy.Undisturbed;
import java.util.List;
import java.util.Optional;

/** The strategies by name. */
public final class StandardStrategies {
  private static final String EXHAUSTIVE = "exhaustive:";
  private static final String FAULTS = "faults+";

  private StandardStrategies() {}

  /** What a search uses when nobody says otherwise. */
  public static Strategy usual() {
    return new Mix(
        "mix",
        List.of(
            new RandomWalk(),
            new Pct(),
            new Pos(),
            new FaultPlacing(new Undisturbed()),
            new FaultPlacing(new RandomWalk()),
            new FaultPlacing(new Pct())));
  }

  /** All, those to be combined by {@code faults+} apart. */
  public static List<Strategy> all() {
    return List.of(
        usual(),
        new RandomWalk(),
        new Pct(),
        new Pos(),
        new BoundedExhaustive(BoundedExhaustive.DEFAULT_BOUND),
        new FaultPlacing(new Undisturbed()),
        new Undisturbed());
  }

  /** By name: one of {@link #all}, {@code exhaustive:N}, or {@code faults+} before another. */
  public static Optional<Strategy> named(String name) {
    if (name.startsWith(FAULTS)) {
      return named(name.substring(FAULTS.length())).map(FaultPlacing::new);
    }
    if (name.startsWith(EXHAUSTIVE)) {
      String bound = name.substring(EXHAUSTIVE.length());
      if (!bound.matches("\\d{1,4}")) return Optional.empty();
      return Optional.of(new BoundedExhaustive(Integer.parseInt(bound)));
    }
    return all().stream().filter(strategy -> strategy.name().equals(name)).findFirst();
  }
}
