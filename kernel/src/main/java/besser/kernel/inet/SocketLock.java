package besser.kernel.inet;

import besser.kernel.Kernel;
import besser.kernel.LockClass;
import besser.kernel.SpinLock;
import besser.kernel.net.SkBuff;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code sk_lock}: a spin lock for softirqs and an ownership for tasks. Packets that arrive while a
 * task owns the socket wait in the backlog, which the task works off when it lets go.
 */
final class SocketLock {
  private static final LockClass LOCK = new LockClass("slock-AF_INET", "net");

  private final Kernel kernel;
  private final SpinLock spinLock;
  private final Consumer<SkBuff> backlogReceive;
  private final ArrayDeque<SkBuff> backlog = new ArrayDeque<>();
  private boolean owned;

  SocketLock(Kernel kernel, Consumer<SkBuff> backlogReceive) {
    this.kernel = kernel;
    this.spinLock = kernel.spinLock(LOCK);
    this.backlogReceive = backlogReceive;
  }

  /** {@code bh_lock_sock}, from softirq. */
  void lockInSoftirq() {
    spinLock.lock();
  }

  void unlockInSoftirq() {
    spinLock.unlock();
  }

  /** Whether a task owns the socket; ask with the spin lock held. */
  boolean isOwned() {
    return owned;
  }

  /** {@code sk_add_backlog}. */
  void addToBacklog(SkBuff packet) {
    backlog.addLast(packet);
  }

  /** {@code lock_sock}; one task at a time uses a socket here, so it never waits for another. */
  void own() {
    try (var _ = kernel.enter(InetFunctions.LOCK_SOCK)) {
      spinLock.lockBh();
      owned = true;
      spinLock.unlockBh();
    }
  }

  /** {@code release_sock}: works off the backlog; {@code lastly} runs with the lock held. */
  void disown(Runnable lastly) {
    try (var _ = kernel.enter(InetFunctions.RELEASE_SOCK)) {
      spinLock.lockBh();
      Optional<SkBuff> packet = Optional.ofNullable(backlog.pollFirst());
      while (packet.isPresent()) {
        spinLock.unlockBh();
        backlogReceive.accept(packet.get());
        spinLock.lockBh();
        packet = Optional.ofNullable(backlog.pollFirst());
      }
      lastly.run();
      owned = false;
      spinLock.unlockBh();
    }
  }
}
