package besser.metrics.measure;

import besser.metrics.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** When the link died, from the signs in the kernel log and the receiver's bytes. */
final class LinkMeter implements LogSink {
  // a link that flaps logs few lines; the first signs matter most, and memory stays flat
  private static final int MAX_SIGNS = 4096;

  private final LinkDeath death;
  private final List<Long> signNanos = new ArrayList<>();

  LinkMeter(LinkDeath death) {
    this.death = death;
  }

  @Override
  public void line(long timeNanos, String message) {
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
