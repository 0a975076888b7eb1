package besser.kernel.machine;

import besser.kernel.KernelFunction;
import besser.kernel.event.EventQueue;
import besser.kernel.fiber.Fiber;
import besser.kernel.observe.CallStack;
import besser.kernel.observe.Context;
import besser.kernel.observe.CpuSampler;
import besser.kernel.observe.Observer;
import besser.kernel.observe.Profile;
import besser.kernel.observe.Symbols;
import besser.kernel.observe.Tracepoints;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Time, and who runs in it.
 *
 * <p>CPU time is spent ahead: {@link #spend} only adds to a debt, and {@link #point} — called
 * before everything that another CPU or a device could notice — lets all that is due earlier happen
 * first. As long as nothing is, that takes one comparison and no fiber switch.
 */
final class Engine {
  /** A limit that no run reaches. */
  static final long END_OF_TIME = Long.MAX_VALUE - 1;

  /**
   * How far a CPU may run ahead of another that is busy too. Without it, two busy CPUs would change
   * places at every operation; with it, what one does may reach the other this much late or early,
   * but never an interrupt before it is raised or a task before it is woken.
   */
  private static final long LOOKAHEAD_NANOS = 1000;

  final MachineConfig config;
  final boolean timed;
  final boolean still;
  final Jiffies jiffies;
  final EventQueue<Runnable> events = new EventQueue<>();
  final Costs costs;
  final Profile profile;
  final Symbols symbols = new Symbols();
  final Trace trace;
  private final Tracepoints points;
  final KernelLog log;
  final Cpu[] cpus;

  final ResumeTimes resumeTimes;
  final Scheduler scheduler;
  final Interrupts interrupts;
  final Softirqs softirqs;
  final Workqueues workqueues;
  final Explorer explorer;
  final List<SimTask> tasks = new ArrayList<>();

  /** The CPU whose context runs, or ran last. */
  Cpu running;

  /** Its task's functions, and its sampler: at hand because every call needs them. */
  private CallStack stack;

  private CpuSampler sampler;

  @Nullable Observer observer;
  final FirstFailure failure = new FirstFailure(this);
  private @Nullable Cpu stoppedAtLimit;
  private long now;
  private long deviceTime;
  private long ahead;
  private long horizon;
  private long limit;
  private long hash = 0x6265_7373_6572L;
  private long eventsFired;
  private long fiberSwitches;
  private int contextIds;
  private int objectIds;

  /** The CPU whose fiber runs; null while the main loop, or a fiber in its place, decides. */
  private @Nullable Cpu live;

  private final Baton baton = new Baton(this);
  private boolean untilIdle;

  Engine(MachineConfig config) {
    this.config = config;
    this.timed = config.schedule().mode() == Schedule.Mode.TIMED;
    this.still = config.schedule().mode() == Schedule.Mode.STILL;
    this.jiffies = new Jiffies(config.hz());
    this.costs = new Costs(config.costs(), config.seed());
    this.profile = new Profile(config.sampler(), config.cpus());
    this.trace = new Trace(this);
    this.points = trace.points;
    this.log = new KernelLog(this);
    this.scheduler = new Scheduler(this);
    this.cpus = new Cpu[config.cpus()];
    this.resumeTimes = new ResumeTimes(config.cpus());
    for (int i = 0; i < cpus.length; i++) cpus[i] = new Cpu(this, i);
    this.running = cpus[0];
    this.stack = running.current.stack;
    this.sampler = running.sampler;
    this.interrupts = new Interrupts(this);
    this.softirqs = new Softirqs(this);
    this.workqueues = new Workqueues(this);
    this.explorer = new Explorer(this);
  }

  int nextContextId() {
    return contextIds++;
  }

  int nextObjectId() {
    return objectIds++;
  }

  // Time.

  /** Time as the running CPU has reached it, its debt apart. */
  long now() {
    return now;
  }

  /** Time as devices see it: never goes back. */
  long deviceTime() {
    return Math.max(now, deviceTime);
  }

  /** Time as the running context sees it, its debt included. */
  long localTime() {
    return now + ahead;
  }

  long jiffies() {
    return jiffies.at(localTime());
  }

  // Spending time.

  /** Enters a function and pays for its own part. */
  void enter(KernelFunction function) {
    stack.push(function);
    int nanos = costs.fixed(function);
    if (nanos >= 0) {
      pass(nanos);
    } else {
      entered(function);
    }
  }

  /** Apart, so that the common case needs no register to outlive a call. */
  private void entered(KernelFunction function) {
    if (timed) pass(costs.of(function));
    if (points.isProbed(function)) points.entered(function);
  }

  void leave() {
    stack.pop();
  }

  /** A CPU is given to a task. */
  void give(Cpu cpu, SimTask task) {
    cpu.current = task;
    if (cpu == running) stack = task.stack;
  }

  /** Pays for a function that calls nothing. */
  void call(KernelFunction function) {
    int nanos = costs.fixed(function);
    if (nanos >= 0) {
      passIn(function, nanos);
    } else {
      if (timed) passIn(function, costs.of(function));
      if (points.isProbed(function)) probe(function);
    }
  }

  private void probe(KernelFunction function) {
    stack.push(function);
    points.entered(function);
    stack.pop();
  }

  /** Spends CPU time in the innermost function. */
  void spend(long nanos) {
    if (timed) pass(nanos);
  }

  private void pass(long nanos) {
    ahead += nanos;
    if (sampler.run(nanos)) sample();
  }

  /** Spends CPU time in a function called from the innermost one. */
  void spendIn(KernelFunction function, long nanos) {
    if (timed) passIn(function, nanos);
  }

  private void passIn(KernelFunction function, long nanos) {
    ahead += nanos;
    if (sampler.run(nanos)) sampleIn(function);
  }

  /** Accounts CPU time that has passed already, as a spinning CPU's does. */
  void accountPassed(KernelFunction function, long nanos) {
    if (sampler.run(nanos)) sampleIn(function);
  }

  private void sampleIn(KernelFunction function) {
    stack.push(function);
    sample();
    stack.pop();
  }

  private void sample() {
    if (!sampler.holdOff(running.irqsOff)) sampler.overflow(stack.innermost());
  }

  // Letting others go first.

  /**
   * A visible operation comes next: whatever is due before the local time happens now, and an
   * exploring schedule may let others go first.
   */
  void point(Choice.Operation operation, int object) {
    if (!timed) {
      pointUntimed(operation, object);
      return;
    }
    long local = now + ahead;
    if (local < horizon) {
      now = local;
      ahead = 0;
    } else {
      catchUp();
    }
  }

  private void catchUp() {
    // Somebody outside looks at the machine between two runs: nobody is to be let go first.
    if (live == null) return;
    Cpu cpu = running;
    long goal = now + ahead;
    ahead = 0;
    while (true) {
      long otherTime = lookahead();
      long eventTime = events.nextTimeNanos();
      if (eventTime <= goal && eventTime <= otherTime) {
        now = Math.max(eventTime, now);
        fireNext();
      } else if (otherTime < goal) {
        suspendUntil(cpu, goal);
      } else if (goal > limit) {
        stoppedAtLimit = cpu;
        suspendUntil(cpu, goal);
      } else {
        now = goal;
        horizon = Math.min(Math.min(eventTime, otherTime), limit + 1);
        return;
      }
      if (cpu.isDeliverable()) {
        // The interrupt takes its time here; what is left of ours comes after it.
        long left = goal - now;
        interrupts.deliver();
        cpu = running;
        goal = now + ahead + left;
        ahead = 0;
      } else {
        cpu = running;
      }
    }
  }

  private void suspendUntil(Cpu cpu, long goal) {
    cpu.clock = now;
    cpu.target = goal;
    resumeTimes.set(cpu, goal);
    suspend(cpu.current);
    ahead = 0;
  }

  void fireNext() {
    Runnable event = events.poll();
    deviceTime = Math.max(deviceTime, now);
    mix(1, events.size());
    eventsFired++;
    event.run();
  }

  /** How far the running CPU may go before another must. */
  private long lookahead() {
    long other = resumeTimes.firstTime();
    return other == Cpu.NEVER ? other : other + LOOKAHEAD_NANOS;
  }

  private void pointUntimed(Choice.Operation operation, int object) {
    if (live == null) return;
    while (events.nextTimeNanos() <= now) fireNext();
    if (still) {
      if (running.isDeliverable()) interrupts.deliver();
    } else {
      explorer.point(operation, object);
    }
  }

  /** Gives the baton away until this task's CPU is resumed with it on top. */
  void suspend(SimTask task) {
    live = null;
    fiberSwitches++;
    if (timed) {
      baton.awaitedBy(task.fiber());
      live = running;
    } else {
      task.fiber().suspend();
    }
  }

  /** Makes a CPU look at what is pending on it at the given time, if it can. */
  void kick(Cpu cpu, long time) {
    if (cpu == live || cpu.irqsOff) return;
    long at = cpu.isAsleep() ? Math.max(time, cpu.idleSince) + idleExit() : time;
    resumeAt(cpu, at);
  }

  private long idleExit() {
    return timed ? costs.idleExitNanos() : 0;
  }

  void resumeAt(Cpu cpu, long time) {
    long at = Math.max(time, cpu.clock);
    if (at >= resumeTimes.of(cpu)) return;
    resumeTimes.set(cpu, at);
    if (at + LOOKAHEAD_NANOS < horizon) horizon = at + LOOKAHEAD_NANOS;
  }

  /** Spends time until it is no earlier than what another CPU or a device has just done. */
  void notBefore(long time) {
    long early = time - localTime();
    if (early > 0) spend(early);
  }

  /** Debt that remains after a switch: none before the CPU's target. */
  void takeOver(Cpu cpu) {
    ahead = Math.max(0, cpu.target - now);
  }

  /** Ends the running context's time on its CPU: what follows is another context's. */
  long closeAccount() {
    long local = now + ahead;
    ahead = 0;
    return local;
  }

  long addEvent(long timeNanos, Runnable action) {
    if (timeNanos < horizon) horizon = timeNanos;
    return events.add(timeNanos, action);
  }

  // The main loop.

  /** Runs until {@code until}; with {@code idleOnly} only until nothing is due now. */
  void run(long until, boolean idleOnly) {
    if (timed) {
      runTimed(until, idleOnly);
    } else {
      limit = until;
      explorer.run(until, idleOnly);
    }
    for (Cpu cpu : cpus) scheduler.accountIdle(cpu);
  }

  private void runTimed(long until, boolean idleOnly) {
    limit = until;
    untilIdle = idleOnly;
    baton.goRound();
    failure.rethrow();
    endAt(until, idleOnly);
  }

  /**
   * Lets everything happen in the order of time until a fiber is to go on, and makes its CPU the
   * running one; null at the end of the run.
   */
  @Nullable Fiber next() {
    while (!failure.happened()) {
      Cpu stopped = stoppedAtLimit;
      if (stopped != null) {
        // It goes on first, so that where a run is cut into pieces changes nothing.
        if (stopped.target > limit) return null;
        stoppedAtLimit = null;
        return prepare(stopped);
      }
      long cpuTime = resumeTimes.firstTime();
      long eventTime = events.nextTimeNanos();
      long time = Math.min(cpuTime, eventTime);
      if (time > limit || time == Cpu.NEVER) return null;
      if (untilIdle && cpuTime == Cpu.NEVER && eventTime > now) return null;
      if (eventTime <= cpuTime) {
        now = Math.max(eventTime, deviceTime);
        fireNext();
      } else {
        now = cpuTime;
        Fiber fiber = prepare(cpus[resumeTimes.first()]);
        if (fiber != null) return fiber;
      }
    }
    return null;
  }

  void endAt(long until, boolean idleOnly) {
    if (!idleOnly && until < END_OF_TIME) now = Math.max(now, until);
  }

  /** Time goes on to the next event, which has not happened yet. */
  void advanceToNextEvent() {
    now = Math.max(now, events.nextTimeNanos());
  }

  long limit() {
    return limit;
  }

  void resume(Cpu cpu) {
    Fiber fiber = prepare(cpu);
    if (fiber != null) run(fiber);
  }

  /** Makes a CPU the running one; null when that takes no fiber. */
  private @Nullable Fiber prepare(Cpu cpu) {
    running = cpu;
    stack = cpu.current.stack;
    sampler = cpu.sampler;
    resumeTimes.clear(cpu);
    ahead = 0;
    if (cpu.isAsleep() && !cpu.hasPendingIrq()) {
      scheduler.leaveIdle(cpu);
      return null;
    }
    horizon = timed ? horizon() : 0;
    return cpu.current.fiber();
  }

  /** Runs the running CPU's fiber. */
  void run(Fiber fiber) {
    live = running;
    boolean suspended = fiber.run();
    if (!suspended) fiberSwitches++;
    live = null;
  }

  private long horizon() {
    return Math.min(Math.min(events.nextTimeNanos(), lookahead()), limit + 1);
  }

  @Nullable Cpu live() {
    return live;
  }

  // The hash of events.

  void mix(int kind, long what) {
    long h = hash ^ (now + ahead) ^ Long.rotateLeft(what, 40) ^ ((long) kind << 58);
    h *= 0x9e37_79b9_7f4a_7c15L;
    hash = h ^ (h >>> 29);
  }

  long eventsFired() {
    return eventsFired;
  }

  long fiberSwitches() {
    return fiberSwitches;
  }

  long hash() {
    return hash;
  }

  // What tracepoints and observers are told.

  Context context() {
    return running.context();
  }
}
