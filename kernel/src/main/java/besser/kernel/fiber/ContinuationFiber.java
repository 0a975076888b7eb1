package besser.kernel.fiber;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

/** A fiber on the JDK's one-shot delimited continuation. */
final class ContinuationFiber extends Fiber {
  private static final ContinuationScope SCOPE = new ContinuationScope("besser");

  private final Runnable body;
  private Continuation continuation;

  ContinuationFiber(Runnable body) {
    this.body = body;
    this.continuation = new Continuation(SCOPE, body);
  }

  @Override
  boolean runOn() {
    if (continuation.isDone()) continuation = new Continuation(SCOPE, body);
    continuation.run();
    return !continuation.isDone();
  }

  @Override
  public void suspend() {
    Continuation.yield(SCOPE);
  }

  @Override
  public void abandon() {
    // An unreachable continuation is ordinary garbage.
  }
}
