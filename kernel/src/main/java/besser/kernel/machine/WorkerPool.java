package besser.kernel.machine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code struct worker_pool}. */
final class WorkerPool {
  private static final int HIGHPRI_NICE = -20;
  private static final long MAYDAY_INITIAL_MILLIS = 10;
  private static final long CREATE_COOLDOWN_MILLIS = 1000;

  private final Engine engine;
  private final @Nullable Cpu cpu;
  private final int id;
  private final boolean highpri;
  private final boolean bh;
  final LeafLock lock;
  final WorkList worklist = new WorkList();
  private final List<Worker> idle = new ArrayList<>();
  private @Nullable Worker bhWorker;
  private int workers;
  private boolean managing;
  int running;

  WorkerPool(Engine engine, @Nullable Cpu cpu, int id, boolean highpri, boolean bh) {
    this.engine = engine;
    this.cpu = cpu;
    this.id = id;
    this.highpri = highpri;
    this.bh = bh;
    this.lock = new LeafLock(engine, LeafLock.POOL_LOCK);
  }

  boolean isBound() {
    return cpu != null;
  }

  Engine engine() {
    return engine;
  }

  /** {@code need_more_worker}. */
  boolean needsMoreWorker() {
    return running == 0 && !worklist.isEmpty();
  }

  /** {@code keep_working}. */
  boolean keepsWorking() {
    return running <= 1 && !worklist.isEmpty();
  }

  /** {@code kick_pool}, under the lock: wakes an idle worker when none is running. */
  void kick() {
    if (!needsMoreWorker()) return;
    Cpu home = cpu;
    if (bh && home != null) {
      engine.softirqs.raise(home, highpri ? Softirq.HI : Softirq.TASKLET);
      return;
    }
    if (workers == 0) addFirstWorker();
    if (!idle.isEmpty()) engine.scheduler.wake(idle.getLast().task());
  }

  /** Linux makes one worker per pool at boot; here it is made when first needed. */
  private void addFirstWorker() {
    idle.add(newWorker());
  }

  private Worker newWorker() {
    Worker worker = new Worker(this);
    Cpu home = cpu;
    String comm =
        home == null
            ? "kworker/u" + id + ":" + workers + (highpri ? "H" : "")
            : "kworker/" + home.index + ":" + workers + (highpri ? "H" : "");
    TaskPlacement placement =
        new TaskPlacement(highpri ? HIGHPRI_NICE : 0, 0, home == null ? -1 : home.index);
    SimTask task = engine.scheduler.create(comm, Functions.WORKER_THREAD, placement, worker::loop);
    task.waitIsNormal = true;
    worker.attach(task);
    workers++;
    return worker;
  }

  void enterIdle(Worker worker) {
    idle.add(worker);
  }

  void leaveIdle(Worker worker) {
    idle.remove(worker);
  }

  /** {@code may_start_working}: somebody idle must be left to take over. */
  boolean mayStartWorking() {
    return !idle.isEmpty();
  }

  /**
   * {@code manage_workers}, with the lock held before and after: false when another manages
   * already.
   */
  boolean manage() {
    if (managing) return false;
    managing = true;
    lock.unlockIrq();
    while (!create() && worklistNeedsWorker()) callForHelp();
    engine.point(Choice.Operation.OTHER, -1);
    lock.lockIrq();
    managing = false;
    return true;
  }

  private boolean worklistNeedsWorker() {
    return needsMoreWorker() && idle.isEmpty();
  }

  private boolean create() {
    engine.enter(Functions.CREATE_WORKER);
    boolean made = !engine.explorer.allocationFails("create_worker");
    if (made) {
      engine.call(Functions.KTHREAD_CREATE);
      engine.point(Choice.Operation.OTHER, -1);
      Worker worker = newWorker();
      lock.lockIrq();
      idle.add(worker);
      engine.scheduler.wake(worker.task());
      lock.unlockIrq();
    }
    engine.leave();
    return made;
  }

  /** {@code pool_mayday_timeout}: rescuers take over until a worker can be made. */
  private void callForHelp() {
    SimTask self = engine.running.current;
    sleep(self, MAYDAY_INITIAL_MILLIS);
    engine.call(Functions.MAYDAY_TIMEOUT);
    engine.workqueues.rescue(this);
    sleep(self, CREATE_COOLDOWN_MILLIS - MAYDAY_INITIAL_MILLIS);
  }

  private void sleep(SimTask self, long millis) {
    self.state = SimTask.State.SLEEPING;
    self.sleepTimer.scheduleTimeout(Math.max(1, millis * engine.config.hz() / 1000));
  }

  /** {@code bh_worker}, in softirq. */
  void runBh() {
    if (worklist.isEmpty()) return;
    Worker worker = bhWorker;
    if (worker == null) {
      worker = new Worker(this);
      bhWorker = worker;
    }
    worker.runBh();
  }

  @Override
  public String toString() {
    return "pool " + id;
  }
}
