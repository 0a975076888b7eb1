package besser.kernel.fiber;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A fiber on a virtual thread. The turn is a volatile flag, so every hand-over is a happens-before
 * edge; spurious returns of park are harmless because the flag is checked.
 */
final class VirtualThreadFiber extends Fiber {
  private enum Turn {
    CALLER,
    BODY
  }

  private final Runnable body;
  private Thread thread;
  private volatile Turn turn = Turn.CALLER;
  private volatile boolean done;
  private volatile boolean abandoned;
  private volatile Thread caller = Thread.currentThread();
  private volatile Optional<Throwable> failure = Optional.empty();

  VirtualThreadFiber(Runnable body) {
    this.body = body;
    this.thread = unstarted();
  }

  private Thread unstarted() {
    return Thread.ofVirtual().name("fiber").unstarted(this::runBody);
  }

  @Override
  boolean runOn() {
    if (done) {
      done = false;
      failure = Optional.empty();
      thread = unstarted();
    }
    caller = Thread.currentThread();
    turn = Turn.BODY;
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    } else {
      LockSupport.unpark(thread);
    }
    while (turn != Turn.CALLER) LockSupport.park(this);
    failure.ifPresent(VirtualThreadFiber::rethrow);
    return !done;
  }

  @Override
  public void suspend() {
    if (abandoned) throw new FiberAbandoned();
    handBack();
    while (turn != Turn.BODY) LockSupport.park(this);
    if (abandoned) throw new FiberAbandoned();
  }

  @Override
  public void abandon() {
    if (done || thread.getState() == Thread.State.NEW) return;
    abandoned = true;
    run();
  }

  private void runBody() {
    try {
      body.run();
    } catch (FiberAbandoned e) {
      // The stack is unwound; nobody waits for a result.
    } catch (Throwable e) {
      failure = Optional.of(e);
    } finally {
      done = true;
      handBack();
    }
  }

  private void handBack() {
    // The caller must be read before the turn passes: the next run may already set another.
    Thread waiting = caller;
    turn = Turn.CALLER;
    LockSupport.unpark(waiting);
  }

  private static void rethrow(Throwable failure) {
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("checked exception from a fiber", failure);
    }
  }
}
