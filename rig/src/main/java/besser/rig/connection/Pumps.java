package besser.rig.connection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * Reads streams in threads of their own, so that no pipe fills up. They are platform threads: a
 * read of a pipe holds a virtual thread's carrier for as long as a script runs, and the JDK makes
 * up for that only so often.
 */
final class Pumps {
  private static final int PIECE_BYTES = 1 << 16;

  private Pumps() {}

  /** Does something that may block, in a thread that keeps nobody from exiting. */
  static void aside(String name, Runnable what) {
    Thread.ofPlatform().daemon().name(name).start(what);
  }

  /** All of a stream; what had come when it breaks off. */
  static CompletableFuture<String> whole(InputStream in) {
    CompletableFuture<String> done = new CompletableFuture<>();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    aside(
        "read output",
        () -> {
          pump(in, (piece, count) -> all.write(piece, 0, count));
          done.complete(all.toString(StandardCharsets.ISO_8859_1));
        });
    return done;
  }

  /** The last of a stream, while it comes. */
  static Tail tail(InputStream in) {
    Tail tail = new Tail();
    aside(
        "read errors",
        () -> {
          pump(in, tail::add);
          tail.end();
        });
    return tail;
  }

  private interface Sink {
    void take(byte[] piece, int count);
  }

  private static void pump(InputStream in, Sink sink) {
    byte[] piece = new byte[PIECE_BYTES];
    try (in) {
      for (int count; (count = in.read(piece)) >= 0; ) sink.take(piece, count);
    } catch (IOException e) {
      // The process is gone or the connection broke; its status says which.
      return;
    }
  }
}
