package besser.check.canary;

import java.util.List;
import java.util.stream.Stream;

/** All canaries. */
public final class Canaries {
  private Canaries() {}

  /** In the order in which they teach. */
  public static List<Canary> all() {
    return Stream.of(
            RaceCanaries.all(), LockCanaries.all(), ContextCanaries.all(), LivenessCanaries.all())
        .flatMap(List::stream)
        .toList();
  }
}
