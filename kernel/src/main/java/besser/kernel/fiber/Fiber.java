package besser.kernel.fiber;

/**
 * A body of code with a stack of its own, which runs only inside {@link #run} and gives the baton
 * back by {@link #suspend}. Exactly one side runs at a time, so the host's scheduler cannot affect
 * the order of anything.
 *
 * <p>Not thread-safe: one thread drives a fiber.
 */
public abstract sealed class Fiber permits ContinuationFiber, VirtualThreadFiber {

  private boolean onStack;

  /**
   * A new fiber; its body starts at the first {@link #run}, and again at the next one after it has
   * returned. A body that returns has no stack to be kept, which makes that cheaper than
   * suspending.
   */
  public static Fiber create(FiberBackend backend, Runnable body) {
    return switch (backend) {
      case CONTINUATION -> new ContinuationFiber(body);
      case VIRTUAL_THREAD -> new VirtualThreadFiber(body);
    };
  }

  /**
   * Runs the body until it suspends or returns. An exception that leaves the body is thrown here.
   *
   * @return true when it suspended, false when it has returned
   */
  public final boolean run() {
    onStack = true;
    try {
      return runOn();
    } finally {
      onStack = false;
    }
  }

  abstract boolean runOn();

  /**
   * Whether it was run and has not suspended since: it runs, or it has run another that has not
   * given the baton back.
   */
  public final boolean isOnStack() {
    return onStack;
  }

  /** Gives the baton back to the caller of {@link #run}. Only the body may call this. */
  public abstract void suspend();

  /**
   * Gives up a fiber that will not be run again, so that nothing is kept alive for it. Where a
   * thread holds its stack, the stack is unwound by {@link FiberAbandoned}.
   */
  public abstract void abandon();
}
