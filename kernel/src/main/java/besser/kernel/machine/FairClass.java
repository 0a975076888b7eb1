package besser.kernel.machine;

import org.jspecify.annotations.Nullable;

/**
 * The fair class: weighted virtual time with wake-up preemption, as CFS, and the tick that serves
 * it. Source: kernel/sched/fair.c of Linux 6.1 to 6.5.
 */
final class FairClass {
  private static final int NICE_0_WEIGHT = 1024;

  private final Engine engine;
  private final SchedulerConfig config;

  FairClass(Engine engine) {
    this.engine = engine;
    this.config = engine.config.scheduler();
  }

  /** {@code update_curr}: charges the running task's virtual time. */
  void updateCurrent(Cpu cpu) {
    SimTask task = cpu.current;
    if (task.isIdle()) return;
    long local = engine.localTime();
    long ran = local - task.execStart;
    if (ran <= 0) return;
    task.execStart = local;
    task.cpuNanos += ran;
    if (task.isRealtime()) return;
    task.vruntime += ran * NICE_0_WEIGHT / task.weight;
    RunQueue queue = cpu.runQueue;
    long least = task.vruntime;
    SimTask waiting = queue.peek();
    if (waiting != null && !waiting.isRealtime()) least = Math.min(least, waiting.vruntime);
    if (least > queue.minVruntime) queue.minVruntime = least;
  }

  /** {@code place_entity}: a sleeper gets at most half a latency of credit. */
  void place(SimTask task, Cpu cpu) {
    if (task.isRealtime()) return;
    RunQueue queue = cpu.runQueue;
    if (task.cpu != cpu) task.vruntime += queue.minVruntime - task.cpu.runQueue.minVruntime;
    long earliest = queue.minVruntime - config.latencyNanos() / 2;
    if (task.vruntime < earliest) task.vruntime = earliest;
  }

  /** Whether a woken task takes the CPU from the one that runs. */
  boolean preemptsOnWakeup(Cpu cpu, SimTask task) {
    SimTask current = cpu.current;
    if (current.isIdle()) return true;
    if (!engine.timed) return false;
    if (task.isRealtime()) {
      return task.placement.fifoPriority() > current.placement.fifoPriority();
    }
    if (current.isRealtime()) return false;
    long ran = Math.max(0, engine.localTime() - current.execStart);
    long lead = current.vruntime + ran * NICE_0_WEIGHT / current.weight - task.vruntime;
    return lead > config.wakeupGranularityNanos() * NICE_0_WEIGHT / task.weight;
  }

  /** {@code select_task_rq}: the previous CPU if idle, else any idle one, else the less loaded. */
  Cpu selectCpu(SimTask task) {
    int bound = task.placement.cpu();
    if (bound >= 0) return engine.cpus[bound];
    Cpu previous = task.cpu;
    if (isFree(previous)) return previous;
    int count = engine.cpus.length;
    for (int i = 1; i < count; i++) {
      Cpu candidate = engine.cpus[(previous.index + i) % count];
      if (isFree(candidate)) return candidate;
    }
    Cpu here = engine.running;
    return here.runQueue.size() < previous.runQueue.size() ? here : previous;
  }

  private static boolean isFree(Cpu cpu) {
    return cpu.isIdle() && cpu.runQueue.size() == 0;
  }

  /** {@code newidle_balance}: takes a waiting task from the CPU where most wait. */
  @Nullable SimTask pullTo(Cpu cpu) {
    if (!config.idleBalance()) return null;
    SimTask best = null;
    int most = 0;
    for (Cpu other : engine.cpus) {
      // An idle CPU with a waiting task is about to run it.
      if (other == cpu || other.isIdle() || other.runQueue.size() <= most) continue;
      SimTask candidate = other.runQueue.movableTo(cpu.index);
      if (candidate == null) continue;
      best = candidate;
      most = other.runQueue.size();
    }
    if (best == null) return null;
    best.cpu.runQueue.remove(best);
    best.vruntime += cpu.runQueue.minVruntime - best.cpu.runQueue.minVruntime;
    return best;
  }

  // The tick.

  /** Makes sure that the next jiffy is noticed by a CPU that is no longer idle. */
  void startTick(Cpu cpu) {
    if (!engine.timed) return;
    armTick(cpu, engine.jiffies.timeOf(engine.jiffies() + 1));
  }

  /** Arms the tick no later than the given time. */
  void armTick(Cpu cpu, long time) {
    if (cpu.tickAt <= time) return;
    if (cpu.tickAt != Cpu.NEVER) engine.events.cancel(cpu.tickTicket);
    cpu.tickAt = time;
    cpu.tickTicket = engine.addEvent(time, cpu.timers.tickEvent());
  }

  /** The tick's time has come on a CPU, perhaps idle. */
  void tickDue(Cpu cpu) {
    cpu.tickAt = Cpu.NEVER;
    boolean timersDue = cpu.timers.isDue(engine.jiffies.at(engine.now()));
    if (!cpu.isIdle() || timersDue) {
      cpu.raise(Cpu.TICK);
      engine.kick(cpu, engine.now());
    }
    if (!cpu.isIdle() && engine.timed) {
      armTick(cpu, engine.jiffies.timeOf(engine.jiffies.at(engine.now()) + 1));
    } else if (!timersDue && cpu.timers.nextExpiry() != Cpu.NEVER) {
      armTick(cpu, engine.jiffies.timeOf(cpu.timers.nextExpiry()));
    }
  }

  /** {@code task_tick_fair}, in the tick's interrupt. */
  void tick(Cpu cpu) {
    SimTask task = cpu.current;
    if (task.isIdle() || task.isRealtime()) return;
    updateCurrent(cpu);
    if (cpu.runQueue.hasFair() && engine.localTime() - task.sliceStart >= config.sliceNanos()) {
      engine.scheduler.reschedule(cpu);
    }
  }
}
