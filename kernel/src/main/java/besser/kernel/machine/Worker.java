package besser.kernel.machine;

import besser.kernel.KernelFunction;
import besser.kernel.observe.Observer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code struct worker}: a task that runs work items, or the softirq side of a BH pool. */
final class Worker {
  private static final int BH_RESTARTS = 10;
  private static final long BH_TIME_NANOS = 2_000_000;

  private final Engine engine;
  WorkerPool pool;
  private final WorkList scheduled = new WorkList();
  private @Nullable SimTask task;

  /** {@code WORKER_PREP}, {@code WORKER_CPU_INTENSIVE}, {@code WORKER_UNBOUND}. */
  private boolean preparing = true;

  private boolean cpuIntensive;
  private boolean sleeping;

  /** {@code current_work}. */
  private @Nullable SimWork current;

  Worker(WorkerPool pool) {
    this.engine = pool.engine();
    this.pool = pool;
  }

  void attach(SimTask worker) {
    task = worker;
    worker.worker = this;
  }

  SimTask task() {
    SimTask known = task;
    if (known == null) throw new IllegalStateException("a BH worker has no task");
    return known;
  }

  /** {@code current_func}: of the work item that it executes. */
  Optional<KernelFunction> currentFunction() {
    return Optional.ofNullable(current).map(SimWork::function);
  }

  private boolean isNotRunning() {
    return preparing || cpuIntensive || !pool.isBound();
  }

  /** {@code worker_thread}. */
  void loop() {
    SimTask self = task();
    while (true) {
      engine.point(Choice.Operation.OTHER, -1);
      pool.lock.lockIrq();
      pool.leaveIdle(this);
      while (pool.needsMoreWorker()) {
        if (!pool.mayStartWorking() && pool.manage()) continue;
        work();
        break;
      }
      pool.enterIdle(this);
      self.state = SimTask.State.SLEEPING;
      pool.lock.unlockIrq();
      engine.scheduler.schedule(false);
    }
  }

  private void work() {
    setPreparing(false);
    do {
      takeAndProcess();
    } while (pool.keepsWorking());
    setPreparing(true);
  }

  /** {@code assign_work} and {@code process_scheduled_works}. */
  private void takeAndProcess() {
    SimWork first = pool.worklist.poll();
    if (first == null) return;
    assign(first);
    processScheduled();
  }

  /** {@code assign_work}, and what it assigned to this worker processed. */
  private void assign(SimWork first) {
    Worker executing = first.runningOn;
    if (executing != null && executing.pool == pool) {
      // Never on two workers at once: the one that runs it does it again.
      executing.scheduled.add(first);
    } else {
      process(first);
    }
  }

  private void processScheduled() {
    while (true) {
      SimWork again = scheduled.poll();
      if (again == null) return;
      process(again);
    }
  }

  /** {@code process_one_work}, with the pool's lock held before and after. */
  private void process(SimWork work) {
    PoolWorkqueue pwq = work.pwq;
    if (pwq == null) throw new IllegalStateException(work + " belongs to no queue");
    engine.enter(Functions.PROCESS_ONE_WORK);
    work.runningOn = this;
    current = work;
    long instance = work.queuedInstance;
    int color = work.flushColor;
    if (pwq.queue.isCpuIntensive()) setCpuIntensive(true);
    pool.kick();
    work.pending = false;
    pool.lock.unlockIrq();
    execute(work, pwq.queue);
    engine.point(Choice.Operation.OTHER, -1);
    pool.lock.lockIrq();
    setCpuIntensive(false);
    work.runningOn = null;
    current = null;
    work.endedInstance = Math.max(work.endedInstance, instance);
    pwq.ended();
    pwq.queue.leftFlight(color);
    work.wakeFlushers();
    engine.leave();
  }

  private void execute(SimWork work, SimWorkqueue queue) {
    engine.point(Choice.Operation.OTHER, work.id);
    engine.mix(12, work.id);
    engine.trace.workqueueExecuteStart(work);
    Observer observer = engine.observer;
    if (observer != null) observer.workStarted(work, queue, engine.context());
    engine.enter(work.function());
    work.body.run();
    engine.leave();
    if (observer != null) observer.workEnded(work, queue, engine.context());
    engine.trace.workqueueExecuteEnd(work);
    if (task != null && engine.running.needResched && engine.timed) {
      // cond_resched
      engine.scheduler.schedule(true);
    }
  }

  private void setPreparing(boolean value) {
    boolean before = isNotRunning();
    preparing = value;
    count(before);
  }

  private void setCpuIntensive(boolean value) {
    boolean before = isNotRunning();
    cpuIntensive = value;
    count(before);
  }

  private void count(boolean wasNotRunning) {
    boolean notRunning = isNotRunning();
    if (notRunning == wasNotRunning) return;
    pool.running += notRunning ? -1 : 1;
  }

  /** {@code wq_worker_sleeping}: its pool may need another worker. */
  void sleeping() {
    if (isNotRunning() || sleeping) return;
    engine.enter(Functions.WORKER_SLEEPING);
    sleeping = true;
    pool.lock.lockIrq();
    pool.running--;
    pool.kick();
    pool.lock.unlockIrq();
    engine.leave();
  }

  /** {@code wq_worker_running}. */
  void runningAgain() {
    if (!sleeping) return;
    if (!isNotRunning()) pool.running++;
    sleeping = false;
  }

  /** {@code bh_worker}: restart limits as for softirqs. */
  void runBh() {
    engine.enter(Functions.BH_WORKER);
    long end = engine.localTime() + BH_TIME_NANOS;
    int restarts = BH_RESTARTS;
    engine.point(Choice.Operation.OTHER, -1);
    pool.lock.lockIrq();
    if (pool.needsMoreWorker()) {
      setPreparing(false);
      do {
        takeAndProcess();
      } while (pool.keepsWorking() && --restarts > 0 && engine.localTime() < end);
      setPreparing(true);
      pool.kick();
    }
    pool.lock.unlockIrq();
    engine.leave();
  }

  /** {@code rescuer_thread}: works off what one queue has in a pool. */
  void rescue(WorkerPool target, SimWorkqueue queue) {
    engine.point(Choice.Operation.OTHER, -1);
    pool = target;
    pool.lock.lockIrq();
    while (true) {
      SimWork first = pool.worklist.firstOf(queue);
      if (first == null) break;
      pool.worklist.remove(first);
      assign(first);
      processScheduled();
    }
    pool.lock.unlockIrq();
  }
}
