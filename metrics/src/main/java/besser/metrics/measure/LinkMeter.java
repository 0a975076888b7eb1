package besser.metrics.measure;

import besser.metrics.LinkEnd;
import besser.metrics.Window;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** When the link died, from the signs in the kernel log and the receiver's bytes. */
final class LinkMeter implements LogSink {
  // a link that flaps logs few signs; the bound keeps memory flat when one does not
  private static final int MAX_SIGNS = 4096;
  private static final int LINES_BEFORE = 20;
  private static final int MAX_LINES = 4096;

  private final LinkDeath death;
  private final List<Long> signNanos = new ArrayList<>();
  private final Deque<Line> lines = new ArrayDeque<>();

  private record Line(long timeNanos, String message) {}

  LinkMeter(LinkDeath death) {
    this.death = death;
  }

  @Override
  public void line(long timeNanos, String message) {
    lines.addLast(new Line(timeNanos, message));
    if (lines.size() > MAX_LINES) {
      lines.removeFirst();
    }
    if (signNanos.size() < MAX_SIGNS && death.isSign(message)) {
      signNanos.add(timeNanos);
    }
  }

  /**
   * When the link died, in a window or before it; empty when it lived to the window's end.
   *
   * @param receiver the bytes received, if they were counted
   */
  OptionalLong deathNanos(Timeline timeline, int window, Optional<ByteMeter> receiver) {
    Window in = timeline.windows().get(window);
    if (receiver.isEmpty()) {
      return firstSign(Long.MIN_VALUE, in.endNanos());
    }
    long last = lastByteUpTo(receiver.get(), window);
    long graced = last == ByteMeter.NEVER ? last : last - death.grace().toNanos();
    OptionalLong sign = firstSign(graced, in.endNanos());
    if (sign.isPresent()) {
      return sign;
    }
    boolean none = receiver.get().lastNanos(window) == ByteMeter.NEVER;
    if (none) {
      return OptionalLong.of(Math.max(last, in.startNanos()));
    }
    return in.endNanos() - last >= death.silence().toNanos()
        ? OptionalLong.of(last)
        : OptionalLong.empty();
  }

  /** The end of the link if it came within this window. */
  Optional<LinkEnd> end(Timeline timeline, int window, Optional<ByteMeter> receiver) {
    Window in = timeline.windows().get(window);
    OptionalLong died = deathNanos(timeline, window, receiver);
    if (died.isEmpty() || !in.contains(died.getAsLong()) || wasDead(timeline, window, receiver)) {
      return Optional.empty();
    }
    long atNanos = died.getAsLong();
    List<String> before =
        lines.stream().filter(line -> line.timeNanos() <= atNanos).map(Line::message).toList();
    return Optional.of(
        new LinkEnd(
            Duration.ofNanos(atNanos - in.startNanos()),
            before.subList(Math.max(0, before.size() - LINES_BEFORE), before.size())));
  }

  private boolean wasDead(Timeline timeline, int window, Optional<ByteMeter> receiver) {
    return window > 0 && deathNanos(timeline, window - 1, receiver).isPresent();
  }

  private static long lastByteUpTo(ByteMeter receiver, int window) {
    long last = ByteMeter.NEVER;
    for (int i = 0; i <= window; i++) {
      last = Math.max(last, receiver.lastNanos(i));
    }
    return last;
  }

  private OptionalLong firstSign(long fromNanos, long toNanos) {
    return signNanos.stream()
        .mapToLong(Long::longValue)
        .filter(sign -> sign >= fromNanos && sign < toNanos)
        .findFirst();
  }
}
