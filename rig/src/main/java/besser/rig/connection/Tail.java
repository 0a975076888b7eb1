package besser.rig.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps the last bytes of a stream. */
final class Tail {
  private static final int KEPT_BYTES = 8192;

  private final byte[] ring = new byte[KEPT_BYTES];
  private final CountDownLatch ended = new CountDownLatch(1);
  private long written;

  synchronized void add(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) ring[(int) ((written + i) % KEPT_BYTES)] = bytes[i];
    written += count;
  }

  /** Nothing is added any more. */
  void end() {
    ended.countDown();
  }

  /**
   * What a script that has ended said last of all. That may still be in the pipe when the script's
   * end is known, so this waits for the end of the stream; no longer than the limit, since a
   * process that the script left behind may hold the stream open.
   */
  String lastWords(Duration limit) {
    try {
      ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return text();
  }

  synchronized String text() {
    int length = (int) Math.min(written, KEPT_BYTES);
    byte[] last = new byte[length];
    for (int i = 0; i < length; i++) {
      last[i] = ring[(int) ((written - length + i) % KEPT_BYTES)];
    }
    return new String(last, StandardCharsets.UTF_8);
  }
}
