package besser.rig.linux;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A network namespace of this machine. A socket belongs for ever to the namespace in which it was
 * opened, so that only opening need happen inside: any thread may use the socket afterwards.
 *
 * @param name as {@code ip netns} lists it; empty for the one that this process started in
 */
public record NetworkNamespace(Optional<String> name) {
  private static final int CLONE_NEWNET = 0x4000_0000;

  public NetworkNamespace {
    if (name.isPresent() && !name.get().matches("[A-Za-z0-9._-]{1,255}")) {
      throw new IllegalArgumentException("no name of a network namespace: '" + name.get() + "'");
    }
  }

  /** Work to be done inside. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it, on a thread that is inside. */
    T run() throws IOException;
  }

  /** The one that this process started in. */
  public static NetworkNamespace current() {
    return new NetworkNamespace(Optional.empty());
  }

  /** The one that {@code ip netns add} gave that name. */
  public static NetworkNamespace named(String name) {
    return new NetworkNamespace(Optional.of(name));
  }

  /**
   * Does something inside, on a thread of its own that ends with it, and waits for that.
   *
   * @throws IOException when there is no such namespace, this process may not enter it (it needs
   *     CAP_SYS_ADMIN), or the work itself fails
   */
  public <T> T call(Work<T> work) throws IOException {
    if (name.isEmpty()) return work.run();
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              enter(name.get());
              return work.run();
            });
    Thread.ofPlatform().name("in-" + name.get()).daemon().start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException unchecked) throw unchecked;
      throw cause instanceof IOException io ? io : new IOException(cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in network namespace " + name.get(), e);
    }
  }

  /** What goes before a command so that it runs inside; empty for the current one. */
  public List<String> prefix() {
    return name.map(n -> List.of("ip", "netns", "exec", n)).orElse(List.of());
  }

  private static void enter(String name) throws IOException {
    try {
      Libc libc = Libc.get();
      int descriptor = libc.open("/run/netns/" + name);
      try {
        libc.setns(descriptor, CLONE_NEWNET);
      } finally {
        libc.close(descriptor);
      }
    } catch (IOException e) {
      throw new IOException(
          "cannot enter network namespace %s: %s".formatted(name, e.getMessage()), e);
    }
  }
}
