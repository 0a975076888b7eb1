package besser.kernel.machine;

import besser.kernel.WorkqueueFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All pools and work queues of a machine. Pools are made when first used. */
final class Workqueues {
  private static final int KINDS = 4;

  private final Engine engine;
  private final @Nullable WorkerPool[] bound;
  private final @Nullable WorkerPool[] unbound = new @Nullable WorkerPool[2];
  private final List<SimWorkqueue> queues = new ArrayList<>();
  private final List<Rescuer> rescuers = new ArrayList<>();
  private @Nullable SimWorkqueue system;
  private @Nullable SimWorkqueue systemBh;

  Workqueues(Engine engine) {
    this.engine = engine;
    this.bound = new @Nullable WorkerPool[KINDS * engine.cpus.length];
  }

  /** The {@code cpu_worker_pools} of a CPU. */
  WorkerPool pool(Cpu cpu, boolean highpri) {
    return boundPool(cpu, highpri, false);
  }

  /** The {@code bh_worker_pools} of a CPU. */
  WorkerPool bhPool(Cpu cpu, boolean highpri) {
    return boundPool(cpu, highpri, true);
  }

  private WorkerPool boundPool(Cpu cpu, boolean highpri, boolean bh) {
    int at = KINDS * cpu.index + (bh ? 2 : 0) + (highpri ? 1 : 0);
    WorkerPool known = bound[at];
    if (known != null) return known;
    WorkerPool made = new WorkerPool(engine, cpu, 2 * cpu.index + (highpri ? 1 : 0), highpri, bh);
    bound[at] = made;
    return made;
  }

  /** The one unbound pool of its priority: the four cores share a cache. */
  WorkerPool unboundPool(boolean highpri) {
    int at = highpri ? 1 : 0;
    WorkerPool known = unbound[at];
    if (known != null) return known;
    WorkerPool made = new WorkerPool(engine, null, 2 * engine.cpus.length + at, highpri, false);
    unbound[at] = made;
    return made;
  }

  SimWorkqueue alloc(String name, int maxActive, EnumSet<WorkqueueFlag> flags) {
    SimWorkqueue queue = new SimWorkqueue(engine, name, maxActive, flags);
    queues.add(queue);
    return queue;
  }

  SimWorkqueue system() {
    SimWorkqueue known = system;
    if (known == null) {
      known = alloc("events", 0, EnumSet.noneOf(WorkqueueFlag.class));
      system = known;
    }
    return known;
  }

  SimWorkqueue systemBh() {
    SimWorkqueue known = systemBh;
    if (known == null) {
      known = alloc("events_bh", 0, EnumSet.of(WorkqueueFlag.BH));
      systemBh = known;
    }
    return known;
  }

  /** The BH work items of a CPU, at the start of its tasklet or hi softirq. */
  void runBhPool(Cpu cpu, boolean highpri) {
    WorkerPool pool = bound[KINDS * cpu.index + 2 + (highpri ? 1 : 0)];
    if (pool != null) pool.runBh();
  }

  /** {@code send_mayday}: every queue with a rescuer and work in the pool. */
  void rescue(WorkerPool pool) {
    for (SimWorkqueue queue : queues) {
      if (queue.hasRescuer() && pool.worklist.firstOf(queue) != null) rescuerOf(queue).help(pool);
    }
  }

  private Rescuer rescuerOf(SimWorkqueue queue) {
    for (Rescuer rescuer : rescuers) {
      if (rescuer.queue == queue) return rescuer;
    }
    Rescuer made = new Rescuer(queue);
    rescuers.add(made);
    return made;
  }

  /** {@code rescuer_thread} of one queue. */
  private final class Rescuer {
    final SimWorkqueue queue;
    private final ArrayDeque<WorkerPool> maydays = new ArrayDeque<>(2);
    private final SimTask task;
    private @Nullable Worker worker;

    Rescuer(SimWorkqueue queue) {
      this.queue = queue;
      this.task =
          engine.scheduler.create(
              "kworker/R-" + queue.name(),
              Functions.RESCUER_THREAD,
              new TaskPlacement(-20, 0, -1),
              this::loop);
      task.waitIsNormal = true;
    }

    void help(WorkerPool pool) {
      if (!maydays.contains(pool)) maydays.add(pool);
      engine.point(Choice.Operation.WAKE, task.id());
      engine.scheduler.wake(task);
    }

    private void loop() {
      while (true) {
        task.state = SimTask.State.SLEEPING;
        engine.point(Choice.Operation.WAIT, -1);
        WorkerPool pool = maydays.poll();
        if (pool == null) {
          engine.scheduler.schedule(false);
          continue;
        }
        task.state = SimTask.State.RUNNING;
        Worker helper = worker;
        if (helper == null) {
          helper = new Worker(pool);
          worker = helper;
        }
        helper.rescue(pool, queue);
      }
    }
  }
}
