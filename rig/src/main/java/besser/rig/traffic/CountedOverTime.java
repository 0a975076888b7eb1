package besser.rig.traffic;

import java.util.ArrayList;
import java.util.List;

/** A running count that was looked at now and then; between two looks it is a straight line. */
final class CountedOverTime {
  private record Look(double seconds, long bytes) {}

  private final List<Look> looks = new ArrayList<>();

  /** The count was 0 at {@code startSeconds}. */
  CountedOverTime(double startSeconds) {
    looks.add(new Look(startSeconds, 0));
  }

  /** Looks from before the start, and those that go back, say nothing new. */
  void add(double seconds, long bytes) {
    Look last = looks.getLast();
    if (seconds > last.seconds() && bytes >= last.bytes()) looks.add(new Look(seconds, bytes));
  }

  /** Per second since the start, to the last look. */
  ByteSeries perSecond() {
    double start = looks.getFirst().seconds();
    int seconds = (int) Math.ceil(looks.getLast().seconds() - start);
    List<Long> bytes = new ArrayList<>();
    long before = 0;
    for (int i = 1; i <= seconds; i++) {
      long until = at(start + i);
      bytes.add(until - before);
      before = until;
    }
    return new ByteSeries(1, bytes);
  }

  private long at(double seconds) {
    Look before = looks.getFirst();
    for (Look look : looks) {
      if (look.seconds() >= seconds) return between(before, look, seconds);
      before = look;
    }
    return before.bytes();
  }

  private static long between(Look a, Look b, double seconds) {
    double length = b.seconds() - a.seconds();
    if (length <= 0) return b.bytes();
    return a.bytes() + Math.round((b.bytes() - a.bytes()) * (seconds - a.seconds()) / length);
  }
}
