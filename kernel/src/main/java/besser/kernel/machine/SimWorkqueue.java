package besser.kernel.machine;

import besser.kernel.DelayedWork;
import besser.kernel.KernelFunction;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.WorkqueueFlag;
import besser.kernel.observe.Observer;
import java.util.EnumSet;

/** {@code struct workqueue_struct}. Source: kernel/workqueue.c of Linux 6.9. */
final class SimWorkqueue implements Workqueue {
  private static final int DEFAULT_ACTIVE = 256;
  private static final int COLORS = 16;

  private final Engine engine;
  private final String name;
  private final boolean cpuIntensive;
  private final boolean memReclaim;
  private final int maxActive;
  private final PoolWorkqueue[] pwqs;
  private final int[] inFlight = new int[COLORS];
  private final java.util.ArrayDeque<SimTask> flushers = new java.util.ArrayDeque<>(2);
  private int color;

  SimWorkqueue(Engine engine, String name, int maxActive, EnumSet<WorkqueueFlag> flags) {
    if (maxActive < 0) {
      throw new IllegalArgumentException("max_active must be >= 0, got " + maxActive);
    }
    this.engine = engine;
    this.name = name;
    boolean ordered = flags.contains(WorkqueueFlag.ORDERED);
    boolean unbound = ordered || flags.contains(WorkqueueFlag.UNBOUND);
    boolean highpri = flags.contains(WorkqueueFlag.HIGHPRI);
    this.cpuIntensive = flags.contains(WorkqueueFlag.CPU_INTENSIVE);
    this.memReclaim = flags.contains(WorkqueueFlag.MEM_RECLAIM);
    this.maxActive = ordered ? 1 : maxActive == 0 ? DEFAULT_ACTIVE : maxActive;
    this.pwqs = new PoolWorkqueue[unbound ? 1 : engine.cpus.length];
    for (int i = 0; i < pwqs.length; i++) {
      WorkerPool pool =
          unbound
              ? engine.workqueues.unboundPool(highpri)
              : flags.contains(WorkqueueFlag.BH)
                  ? engine.workqueues.bhPool(engine.cpus[i], highpri)
                  : engine.workqueues.pool(engine.cpus[i], highpri);
      pwqs[i] = new PoolWorkqueue(this, pool);
    }
  }

  Engine engine() {
    return engine;
  }

  int maxActive() {
    return maxActive;
  }

  boolean isCpuIntensive() {
    return cpuIntensive;
  }

  boolean hasRescuer() {
    return memReclaim;
  }

  @Override
  public String name() {
    return name;
  }

  private PoolWorkqueue local() {
    return pwqs.length == 1 ? pwqs[0] : pwqs[engine.running.index];
  }

  private static SimWork sim(Work work) {
    if (work instanceof SimWork known) return known;
    throw new IllegalArgumentException(work + " was not made by this kernel");
  }

  private static SimDelayedWork sim(DelayedWork work) {
    if (work instanceof SimDelayedWork known) return known;
    throw new IllegalArgumentException(work + " was not made by this kernel");
  }

  // Queueing.

  @Override
  public boolean queue(Work work) {
    SimWork item = sim(work);
    boolean off = begin(Functions.QUEUE_WORK_ON, item);
    boolean accepted = !item.pending && item.disableDepth == 0;
    announceQueued(item, accepted);
    if (accepted) {
      item.pending = true;
      enqueue(item);
    }
    end(off);
    return accepted;
  }

  @Override
  public boolean queueDelayed(DelayedWork work, long delayJiffies) {
    SimDelayedWork item = sim(work);
    boolean off = begin(Functions.QUEUE_DELAYED_WORK, item);
    boolean accepted = !item.pending && item.disableDepth == 0;
    announceQueued(item, accepted);
    if (accepted) start(item, delayJiffies);
    end(off);
    return accepted;
  }

  @Override
  public boolean modDelayed(DelayedWork work, long delayJiffies) {
    SimDelayedWork item = sim(work);
    boolean off = begin(Functions.MOD_DELAYED_WORK, item);
    boolean wasPending = grabPending(item);
    announceQueued(item, item.disableDepth == 0);
    if (item.disableDepth == 0) start(item, delayJiffies);
    end(off);
    return wasPending;
  }

  private void start(SimDelayedWork item, long delayJiffies) {
    item.pending = true;
    item.queue = this;
    if (delayJiffies == 0) {
      enqueue(item);
    } else {
      item.timer.modNow(engine.jiffies() + delayJiffies);
    }
  }

  private boolean begin(KernelFunction function, SimWork item) {
    engine.point(Choice.Operation.QUEUE, item.id);
    engine.enter(function);
    return engine.interrupts.save();
  }

  /** {@code local_irq_restore} is inlined in the functions that queue. */
  private void end(boolean wereOff) {
    if (!wereOff) engine.interrupts.enableHere();
    engine.leave();
    if (!wereOff) engine.scheduler.preemptCheck();
  }

  private void announceQueued(SimWork item, boolean accepted) {
    Observer observer = engine.observer;
    if (observer != null) observer.workQueued(item, this, accepted, engine.context());
  }

  /** {@code __queue_work}, with interrupts off and PENDING set. */
  void enqueue(SimWork item) {
    engine.enter(Functions.QUEUE_WORK);
    engine.mix(11, item.id);
    PoolWorkqueue target = local();
    Worker executing = item.runningOn;
    if (executing != null && executing.pool != target.pool) {
      // Non-reentrancy: while it runs elsewhere, it goes where it runs.
      executing.pool.lock.lock();
      PoolWorkqueue there = item.pwq;
      if (there != null && there.queue == this) target = there;
      executing.pool.lock.unlock();
    }
    WorkerPool pool = target.pool;
    pool.lock.lock();
    item.pwq = target;
    item.queuedInstance++;
    item.flushColor = color;
    inFlight[color]++;
    engine.trace.workqueueQueueWork(item, this);
    target.insert(item);
    pool.kick();
    pool.lock.unlock();
    engine.leave();
  }

  // Cancelling and flushing.

  /** Takes back a pending item, its delay included; false when it was idle or running. */
  private boolean grabPending(SimWork item) {
    if (item instanceof SimDelayedWork delayed && delayed.timer.isPending()) {
      delayed.timer.delete();
      item.pending = false;
      return true;
    }
    PoolWorkqueue home = item.pwq;
    WorkList list = item.list;
    if (home == null || list == null) return false;
    WorkerPool pool = home.pool;
    boolean off = pool.lock.lockIrqsave();
    list.remove(item);
    item.pending = false;
    item.endedInstance = Math.max(item.endedInstance, item.queuedInstance - 1);
    if (list != home.inactive) home.ended();
    home.queue.leftFlight(item.flushColor);
    item.wakeFlushers();
    pool.lock.unlockIrqrestore(off);
    Observer observer = engine.observer;
    if (observer != null) observer.workCancelled(item, engine.context());
    return true;
  }

  @Override
  public boolean cancelDelayed(DelayedWork work) {
    SimWork item = sim(work);
    engine.point(Choice.Operation.QUEUE, item.id);
    engine.enter(Functions.CANCEL_WORK);
    boolean wasPending = grabPending(item);
    engine.leave();
    return wasPending;
  }

  @Override
  public boolean cancelSync(Work work) {
    return cancelAndWait(sim(work));
  }

  @Override
  public boolean cancelDelayedSync(DelayedWork work) {
    return cancelAndWait(sim(work));
  }

  private boolean cancelAndWait(SimWork item) {
    engine.scheduler.mightSleep(Functions.CANCEL_WORK_SYNC);
    engine.point(Choice.Operation.QUEUE, item.id);
    engine.enter(Functions.CANCEL_WORK_SYNC);
    boolean wasPending = grabPending(item);
    item.disableDepth++;
    waitFor(item, true);
    item.disableDepth--;
    engine.leave();
    return wasPending;
  }

  @Override
  public boolean runsInTurn() {
    return maxActive == 1 || memReclaim;
  }

  @Override
  public boolean flush(Work work) {
    SimWork item = sim(work);
    engine.scheduler.mightSleep(Functions.FLUSH_WORK);
    engine.point(Choice.Operation.WAIT, item.id);
    engine.enter(Functions.FLUSH_WORK);
    boolean waited = waitFor(item, false);
    engine.leave();
    return waited;
  }

  private boolean waitFor(SimWork item, boolean cancels) {
    Observer observer = engine.observer;
    if (observer != null) observer.workFlushing(item, cancels, engine.context());
    boolean busy = item.isQueued() || item.runningOn != null;
    if (busy) item.awaitInstance(item.queuedInstance);
    if (observer != null) observer.workFlushed(item, engine.context());
    return busy;
  }

  @Override
  public void flushAll() {
    engine.scheduler.mightSleep(Functions.FLUSH_WORKQUEUE);
    engine.point(Choice.Operation.WAIT, -1);
    engine.enter(Functions.FLUSH_WORKQUEUE);
    Observer observer = engine.observer;
    if (observer != null) observer.workqueueFlushed(this, false, engine.context());
    int upTo = color;
    int next = (color + 1) % COLORS;
    sleepWhileInFlight(next, next);
    color = next;
    sleepWhileInFlight((next + 1) % COLORS, upTo);
    if (observer != null) observer.workqueueFlushed(this, true, engine.context());
    engine.leave();
  }

  private void sleepWhileInFlight(int from, int to) {
    SimTask self = engine.running.current;
    engine.scheduler.beginWait(self, this, false);
    flushers.add(self);
    while (isInFlight(from, to)) {
      self.state = SimTask.State.SLEEPING;
      engine.scheduler.schedule(false);
      engine.point(Choice.Operation.WAIT, -1);
    }
    flushers.remove(self);
    engine.scheduler.endWait(self);
  }

  private boolean isInFlight(int from, int to) {
    for (int c = from; ; c = (c + 1) % COLORS) {
      if (inFlight[c] > 0) return true;
      if (c == to) return false;
    }
  }

  /** An item of that color has ended or was cancelled. */
  void leftFlight(int itemColor) {
    if (--inFlight[itemColor] > 0) return;
    for (SimTask flusher : flushers) engine.scheduler.wake(flusher);
  }

  @Override
  public String toString() {
    return "workqueue " + name;
  }
}
