package besser.kernel.machine;

import besser.kernel.KernelFunction;
import besser.kernel.fiber.FiberAbandoned;
import besser.kernel.observe.CallStack;
import besser.kernel.observe.Observer;
import org.jspecify.annotations.Nullable;

/** {@code kernel/sched/core.c}: switching, waking, preempting. */
final class Scheduler {
  private final Engine engine;
  private final boolean preemptible;
  private final FairClass fair;
  private int nextPid = 1;
  private boolean preempting;

  Scheduler(Engine engine) {
    this.engine = engine;
    this.preemptible = engine.config.scheduler().kernelPreemption();
    this.fair = new FairClass(engine);
  }

  FairClass fair() {
    return fair;
  }

  // Tasks.

  /** Creates a task that is not yet awake. */
  SimTask create(String comm, KernelFunction function, TaskPlacement placement, Runnable body) {
    if (placement.cpu() >= engine.cpus.length) {
      throw new IllegalArgumentException(
          "cpu must be < " + engine.cpus.length + ", got " + placement.cpu());
    }
    Cpu cpu = placement.cpu() >= 0 ? engine.cpus[placement.cpu()] : engine.running;
    CallStack stack = new CallStack(engine.profile.root());
    stack.push(Functions.RET_FROM_FORK);
    stack.push(Functions.KTHREAD);
    stack.push(function);
    SimTask task = new SimTask(engine, nextPid++, comm, placement, cpu, stack, body);
    task.state = SimTask.State.SLEEPING;
    engine.tasks.add(task);
    Observer observer = engine.observer;
    if (observer != null) observer.taskCreated(task, engine.context());
    return task;
  }

  /** What a task's fiber runs. */
  void taskBody(SimTask task, Runnable body) {
    if (task.isIdle()) {
      runGuarded(task, body);
      return;
    }
    finishSwitch();
    runGuarded(task, body);
    exit(task);
  }

  private void runGuarded(SimTask task, Runnable body) {
    try {
      body.run();
    } catch (FiberAbandoned e) {
      throw e;
    } catch (Oops e) {
      dieByOops(task);
    } catch (SimulationFailure e) {
      // Recorded where it was made.
    } catch (Throwable e) {
      engine.failure.record("simulated code threw " + e, e);
    }
  }

  private void dieByOops(SimTask task) {
    if (PreemptCount.inInterrupt(task.preemptCount)) {
      engine.failure.record("kernel panic: fatal exception in interrupt", null);
    }
    task.preemptCount = 0;
    engine.running.irqsOff = false;
  }

  private void exit(SimTask task) {
    if (engine.failure.happened()) return;
    engine.point(Choice.Operation.WAKE, task.id());
    task.finished = true;
    Observer observer = engine.observer;
    if (observer != null) observer.taskExited(task);
    for (SimTask joiner : engine.tasks) {
      if (joiner.waitingFor == task) wake(joiner);
    }
    task.state = SimTask.State.DEAD;
    schedule(false);
  }

  /** {@code kthread_stop}. */
  void stopTask(SimTask task) {
    engine.enter(Functions.KTHREAD_STOP);
    engine.point(Choice.Operation.WAKE, task.id());
    SimTask self = engine.running.current;
    task.stopRequested = true;
    wake(task);
    while (!task.finished) {
      beginWait(self, task, false);
      self.state = SimTask.State.SLEEPING;
      schedule(false);
      endWait(self);
    }
    Observer observer = engine.observer;
    if (observer != null) observer.taskJoined(task, engine.context());
    engine.leave();
  }

  void beginWait(SimTask task, Object what, boolean hasTimeout) {
    task.waitingFor = what;
    task.waitHasTimeout = hasTimeout;
  }

  void endWait(SimTask task) {
    task.waitingFor = "";
    task.waitHasTimeout = false;
  }

  // Switching.

  /** {@code __schedule}: gives up the CPU when the task sleeps or another should run. */
  void schedule(boolean preempt) {
    // A task that has ended must not be preempted any more: nobody would end it.
    boolean ended = engine.running.current.state == SimTask.State.DEAD;
    if (!preempt && !ended) engine.point(Choice.Operation.WAIT, -1);
    Cpu cpu = engine.running;
    SimTask prev = cpu.current;
    if (!preempt && prev.preemptCount != 0) {
      engine.log.misused("scheduling while atomic: " + prev.name());
    }
    boolean sleeps = !preempt && prev.state != SimTask.State.RUNNING;
    Worker worker = prev.worker;
    if (sleeps && worker != null) worker.sleeping();
    do {
      switchOnce(cpu, prev, preempt);
      cpu = engine.running;
    } while (cpu.needResched && prev.state != SimTask.State.DEAD && !engine.failure.happened());
    if (sleeps && worker != null) worker.runningAgain();
  }

  private void switchOnce(Cpu cpu, SimTask prev, boolean preempt) {
    cpu.irqsOff = true;
    engine.enter(Functions.SCHEDULE);
    RunQueue queue = cpu.runQueue;
    queue.lock.lock();
    fair.updateCurrent(cpu);
    boolean sleeps = !preempt && prev.state != SimTask.State.RUNNING;
    if (sleeps) {
      prev.onRq = false;
    } else if (!prev.isIdle()) {
      queue.add(prev);
    }
    SimTask next = pickNext(cpu);
    cpu.needResched = false;
    preempting = false;
    if (next == prev) {
      queue.lock.unlock();
      engine.leave();
      engine.interrupts.enable(Functions.SCHEDULE);
      return;
    }
    countSwitch(prev, sleeps);
    contextSwitch(cpu, prev, next, !sleeps && !prev.isIdle());
    if (prev.state == SimTask.State.DEAD) return;
    engine.suspend(prev);
    finishSwitch();
    engine.leave();
  }

  private static void countSwitch(SimTask prev, boolean sleeps) {
    if (sleeps) {
      prev.voluntarySwitches++;
    } else {
      prev.involuntarySwitches++;
    }
  }

  private SimTask pickNext(Cpu cpu) {
    SimTask next =
        engine.timed || engine.still || preempting
            ? cpu.runQueue.take()
            : engine.explorer.pick(cpu);
    if (next == null && engine.timed) next = fair.pullTo(cpu);
    return next == null ? cpu.idle : next;
  }

  /** From here on the CPU belongs to {@code next}; whoever runs this must suspend or return. */
  private void contextSwitch(Cpu cpu, SimTask prev, SimTask next, boolean preempted) {
    if (!next.isIdle()) engine.notBefore(next.enqueuedAt);
    long local = engine.localTime();
    engine.trace.schedSwitch(prev, next, preempted);
    engine.mix(3, ((long) cpu.index << 32) | next.pid());
    Observer observer = engine.observer;
    if (observer != null) observer.switched(cpu.index, prev, next, preempted);
    cpu.runQueue.lock.release();
    engine.give(cpu, next);
    next.cpu = cpu;
    next.execStart = local;
    next.sliceStart = local;
    if (!next.isIdle()) next.waitNanos += local - next.enqueuedAt;
    long closed = engine.closeAccount();
    cpu.clock = closed;
    cpu.target = closed;
    if (next.isIdle()) {
      goIdle(cpu, closed);
    } else {
      engine.resumeAt(cpu, closed);
    }
  }

  /** {@code finish_task_switch}, in the task switched to: interrupts come on again. */
  private void finishSwitch() {
    engine.takeOver(engine.running);
    engine.call(Functions.FINISH_TASK_SWITCH);
    engine.interrupts.enable(Functions.FINISH_TASK_SWITCH);
  }

  // Idle.

  private void goIdle(Cpu cpu, long since) {
    cpu.clock = since;
    cpu.idleSince = since;
    cpu.irqsOff = false;
    if (cpu.sampler.isPending()) cpu.sampler.irqsEnabledInIdleLoop(cpu.idle.stack());
    if (cpu.hasPendingIrq() || cpu.needResched) engine.resumeAt(cpu, since);
  }

  /**
   * The idle task's body: handles what interrupts the idle loop, and returns into it. It starts
   * anew each time, as there is nothing to remember.
   */
  void leaveIdleForInterrupt() {
    Cpu cpu = engine.running;
    accountIdle(cpu);
    fair.startTick(cpu);
    cpu.idleBusy = true;
    engine.interrupts.deliver();
    cpu.idleBusy = false;
    if (cpu.needResched || cpu.runQueue.size() > 0) {
      idleSwitch(cpu);
    } else {
      goIdle(cpu, engine.closeAccount());
    }
  }

  /** Accounts the time for which a CPU has been idle until now. */
  void accountIdle(Cpu cpu) {
    long idle = engine.now() - cpu.idleSince;
    if (!cpu.isAsleep() || idle <= 0) return;
    cpu.sampler.idle(cpu.idle.stack, idle);
    cpu.idleSince = engine.now();
  }

  /** An idle CPU was given something to run; needs no fiber. */
  void leaveIdle(Cpu cpu) {
    accountIdle(cpu);
    fair.startTick(cpu);
    idleSwitch(cpu);
  }

  private void idleSwitch(Cpu cpu) {
    cpu.irqsOff = true;
    engine.enter(Functions.SCHEDULE);
    cpu.runQueue.lock.lock();
    SimTask next = pickNext(cpu);
    cpu.needResched = false;
    engine.leave();
    if (next == cpu.idle) {
      cpu.runQueue.lock.release();
      goIdle(cpu, engine.closeAccount());
      return;
    }
    contextSwitch(cpu, cpu.idle, next, false);
  }

  // Waking.

  /**
   * {@code try_to_wake_up}: false when the task was awake. Callers have let others go first and may
   * have interrupts off; nothing suspends in here with them off.
   */
  boolean wake(SimTask task) {
    engine.enter(Functions.TRY_TO_WAKE_UP);
    boolean off = task.piLock.lockIrqsave();
    boolean asleep = task.state == SimTask.State.SLEEPING;
    if (asleep) activate(task);
    task.piLock.unlockIrqrestore(off);
    engine.leave();
    return asleep;
  }

  /** Wakes a new task from outside all CPUs, before or between runs: free of cost. */
  void startFromOutside(SimTask task) {
    task.state = SimTask.State.RUNNING;
    enqueue(task, fair.selectCpu(task));
  }

  private void activate(SimTask task) {
    engine.trace.schedWaking(task);
    engine.mix(4, task.pid());
    Observer observer = engine.observer;
    if (observer != null) observer.woken(task, engine.context());
    task.state = SimTask.State.RUNNING;
    if (task.onRq) {
      // Between setting its state and schedule(): it just does not go to sleep.
      engine.trace.schedWakeup(task);
      return;
    }
    Cpu cpu = fair.selectCpu(task);
    cpu.runQueue.lock.lock();
    engine.call(Functions.TTWU_DO_ACTIVATE);
    enqueue(task, cpu);
    engine.trace.schedWakeup(task);
    cpu.runQueue.lock.unlock();
  }

  private void enqueue(SimTask task, Cpu cpu) {
    fair.place(task, cpu);
    task.cpu = cpu;
    task.onRq = true;
    cpu.runQueue.add(task);
    if (fair.preemptsOnWakeup(cpu, task)) reschedule(cpu);
  }

  /** {@code resched_curr}: at once on this CPU, by an interrupt on another. */
  void reschedule(Cpu cpu) {
    if (cpu.needResched) return;
    cpu.needResched = true;
    if (cpu == engine.live()) return;
    long at = engine.localTime();
    if (!cpu.isAsleep() && engine.timed) {
      cpu.raise(Cpu.IPI);
      at += engine.costs.ipiNanos();
    }
    engine.kick(cpu, at);
  }

  // Preemption.

  /** {@code preempt_check_resched}, where the preempt count may have reached zero. */
  void preemptCheck() {
    Cpu cpu = engine.running;
    if (!cpu.needResched || cpu.irqsOff) return;
    SimTask task = cpu.current;
    if (!preemptible || task.preemptCount != 0 || task.isIdle() || !engine.timed) return;
    schedule(true);
  }

  /** An exploring schedule preempts for the first in the run queue. */
  void preemptNow() {
    preempting = true;
    schedule(true);
  }

  /** Sleeps one jiffy, or yields where time stands still. */
  void waitABit(Object what) {
    SimTask self = engine.running.current;
    beginWait(self, what, true);
    if (!engine.still) self.state = SimTask.State.SLEEPING;
    if (engine.still) {
      schedule(false);
    } else {
      self.sleepTimer.scheduleTimeout(1);
    }
    endWait(self);
  }

  /** {@code preempt_enable}. */
  void preemptEnable() {
    SimTask task = engine.running.current;
    if (--task.preemptCount == 0 && engine.running.needResched) preemptCheck();
  }

  /** {@code might_sleep}. */
  void mightSleep(KernelFunction where) {
    SimTask task = engine.running.current;
    Observer observer = engine.observer;
    if (observer != null) observer.mightSleep(where, engine.context());
    if (task.preemptCount != 0 || engine.running.irqsOff) {
      engine.log.misused("sleeping function called from invalid context: " + where.name());
    }
  }

  @Nullable SimTask currentIfTask() {
    SimTask task = engine.running.current;
    return PreemptCount.inInterrupt(task.preemptCount) ? null : task;
  }
}
