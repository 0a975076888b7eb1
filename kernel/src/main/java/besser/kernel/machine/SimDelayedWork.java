package besser.kernel.machine;

import besser.kernel.DelayedWork;
import besser.kernel.KernelFunction;
import org.jspecify.annotations.Nullable;

/** {@code struct delayed_work}: a work item with a timer that queues it. */
final class SimDelayedWork extends SimWork implements DelayedWork {
  final SimTimer timer;
  @Nullable SimWorkqueue queue;

  SimDelayedWork(Engine engine, KernelFunction function, Runnable body) {
    super(engine, function, body);
    this.timer = new SimTimer(engine, Functions.DELAYED_WORK_TIMER, true, this::expired);
  }

  private void expired() {
    SimWorkqueue target = queue;
    if (target != null) target.enqueue(this);
  }
}
