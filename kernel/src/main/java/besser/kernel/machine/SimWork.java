package besser.kernel.machine;

import besser.kernel.KernelFunction;
import besser.kernel.Work;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code struct work_struct}. */
sealed class SimWork implements Work permits SimDelayedWork {
  final Engine engine;
  final int id;
  private final KernelFunction function;
  final Runnable body;
  final Trace.WorkGates gates;

  /** {@code WORK_STRUCT_PENDING}: queued, or its delay runs. */
  boolean pending;

  /** Where it waits, while it does. */
  @Nullable WorkList list;

  @Nullable SimWork next;
  @Nullable PoolWorkqueue pwq;

  /** The worker whose pool would find it executing. */
  @Nullable Worker runningOn;

  /** Greater than 0 while it is being cancelled: queueing fails. */
  int disableDepth;

  /** Numbers of the instances queued and ended so far, for flushing. */
  long queuedInstance;

  long endedInstance;
  int flushColor;
  private Optional<ArrayDeque<SimTask>> flushers = Optional.empty();

  SimWork(Engine engine, KernelFunction function, Runnable body) {
    this.engine = engine;
    this.id = engine.nextObjectId();
    this.function = function;
    this.body = body;
    this.gates = engine.trace.workGates(function);
  }

  @Override
  public KernelFunction function() {
    return function;
  }

  @Override
  public boolean isPending() {
    engine.point(Choice.Operation.READ, id);
    return pending;
  }

  boolean isQueued() {
    return list != null;
  }

  /** Sleeps until the instance has ended, or nothing of it is left. */
  void awaitInstance(long instance) {
    SimTask self = engine.running.current;
    if (flushers.isEmpty()) flushers = Optional.of(new ArrayDeque<>(2));
    engine.scheduler.beginWait(self, this, false);
    flushers.get().add(self);
    while (endedInstance < instance && (isQueued() || runningOn != null)) {
      self.state = SimTask.State.SLEEPING;
      engine.scheduler.schedule(false);
      engine.point(Choice.Operation.WAIT, id);
    }
    flushers.get().remove(self);
    engine.scheduler.endWait(self);
  }

  void wakeFlushers() {
    if (flushers.isEmpty()) return;
    for (SimTask flusher : flushers.get()) engine.scheduler.wake(flusher);
  }

  @Override
  public String toString() {
    return "work " + function.name();
  }
}
