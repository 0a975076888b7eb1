package besser.kernel.machine;

import besser.kernel.KernelFunction;
import besser.kernel.Task;
import besser.kernel.event.EventQueue;
import besser.kernel.observe.CallNode;
import besser.kernel.observe.Context;
import besser.kernel.observe.Observer;
import besser.kernel.observe.Profile;
import besser.kernel.observe.Symbols;
import besser.kernel.observe.TraceSource;
import besser.kernel.observe.Tracepoints;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Time, and who runs in it.
 *
 * <p>CPU time is spent ahead: {@link #spend} only adds to a debt, and {@link #point} — called
 * before everything that another CPU or a device could notice — lets all that is due earlier happen
 * first. As long as nothing is, that takes one comparison and no fiber switch.
 */
final class Engine implements TraceSource {
  /** A limit that no run reaches. */
  static final long END_OF_TIME = Long.MAX_VALUE - 1;

  private static final long SPIN_NANOS = 1000;

  /**
   * How far a CPU may run ahead of another that is busy too. Without it, two busy CPUs would change
   * places at every operation; with it, what one does may reach the other this much late or early,
   * but never an interrupt before it is raised or a task before it is woken.
   */
  private static final long LOOKAHEAD_NANOS = 1000;

  final MachineConfig config;
  final boolean timed;
  final boolean still;
  final long nanosPerSecondByHz;
  final EventQueue<Runnable> events = new EventQueue<>();
  final Costs costs;
  final Profile profile;
  final Symbols symbols = new Symbols();
  final Trace trace;
  private final Tracepoints points;
  final KernelLog log;
  final Cpu[] cpus;
  final Scheduler scheduler;
  final Interrupts interrupts;
  final Softirqs softirqs;
  final Workqueues workqueues;
  final Explorer explorer;
  final List<SimTask> tasks = new ArrayList<>();

  /** The CPU whose context runs, or ran last. */
  Cpu running;

  @Nullable Observer observer;
  @Nullable SimulationFailure failure;
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

  private @Nullable Cpu chosen;

  /** The innermost function of a stack that an exception has unwound, as nearly as is known. */
  private CallNode lastEntered;

  /** The CPU whose fiber is on the host's stack; null while the main loop runs. */
  private @Nullable Cpu live;

  Engine(MachineConfig config) {
    this.config = config;
    this.timed = config.schedule().mode() == Schedule.Mode.TIMED;
    this.still = config.schedule().mode() == Schedule.Mode.STILL;
    this.nanosPerSecondByHz = config.hz();
    this.costs = new Costs(config.costs(), config.seed());
    this.profile = new Profile(config.sampler(), config.cpus());
    this.trace = new Trace(this);
    this.points = trace.points;
    this.log = new KernelLog(this);
    this.scheduler = new Scheduler(this);
    this.cpus = new Cpu[config.cpus()];
    for (int i = 0; i < cpus.length; i++) cpus[i] = new Cpu(this, i);
    this.running = cpus[0];
    this.lastEntered = profile.root();
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

  /** {@code jiffies} at a time. */
  long jiffiesAt(long timeNanos) {
    return timeNanos * nanosPerSecondByHz / 1_000_000_000L;
  }

  /** The time at which {@code jiffies} gets that value. */
  long timeOfJiffy(long jiffy) {
    return (jiffy * 1_000_000_000L + nanosPerSecondByHz - 1) / nanosPerSecondByHz;
  }

  long jiffies() {
    return jiffiesAt(localTime());
  }

  // Spending time.

  /** Enters a function and pays for its own part. */
  void enter(KernelFunction function) {
    SimTask task = running.current;
    CallNode node = task.node.child(function);
    task.node = node;
    lastEntered = node;
    if (timed) pay(running, node, costs.of(function));
    if (points.isProbing()) points.entered(function);
  }

  void leave() {
    SimTask task = running.current;
    task.node = task.node.caller();
  }

  /** Pays for a function that calls nothing. */
  void call(KernelFunction function) {
    if (timed) pay(running, running.current.node.child(function), costs.of(function));
    if (points.isProbing()) probe(function);
  }

  private void probe(KernelFunction function) {
    SimTask task = running.current;
    task.node = task.node.child(function);
    points.entered(function);
    task.node = task.node.caller();
  }

  /** Spends CPU time in the innermost function. */
  void spend(long nanos) {
    if (timed) spend(running, running.current.node, nanos);
  }

  /** Spends CPU time in a function called from the innermost one. */
  void spendIn(KernelFunction function, long nanos) {
    if (timed) spend(running, running.current.node.child(function), nanos);
  }

  private void pay(Cpu cpu, CallNode node, long nanos) {
    node.chargeCall(nanos);
    ahead += nanos;
    cpu.sampler.charge(node, nanos, cpu.irqsOff);
  }

  private void spend(Cpu cpu, CallNode node, long nanos) {
    node.charge(nanos);
    ahead += nanos;
    cpu.sampler.charge(node, nanos, cpu.irqsOff);
  }

  /** Accounts CPU time that has passed already, as a spinning CPU's does. */
  void accountPassed(KernelFunction function, long nanos) {
    CallNode node = running.current.node.child(function);
    node.charge(nanos);
    running.sampler.charge(node, nanos, running.irqsOff);
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
      Cpu other = earliestExcept(cpu);
      long otherTime = other == null ? Cpu.NEVER : other.resumeTime + LOOKAHEAD_NANOS;
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
    cpu.resumeTime = goal;
    suspend(cpu.current);
    ahead = 0;
  }

  private void fireNext() {
    Runnable event = events.poll();
    deviceTime = Math.max(deviceTime, now);
    mix(1, events.size());
    eventsFired++;
    event.run();
  }

  private @Nullable Cpu earliestExcept(@Nullable Cpu self) {
    Cpu best = null;
    for (Cpu cpu : cpus) {
      if (cpu == self || cpu.resumeTime == Cpu.NEVER) continue;
      if (best == null || cpu.resumeTime < best.resumeTime) best = cpu;
    }
    return best;
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

  /** Gives the baton to the main loop until this task's CPU is resumed with it on top. */
  void suspend(SimTask task) {
    live = null;
    fiberSwitches++;
    task.fiber().suspend();
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
    if (at >= cpu.resumeTime) return;
    cpu.resumeTime = at;
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
      runUntimed(until, idleOnly);
    }
    for (Cpu cpu : cpus) scheduler.accountIdle(cpu);
  }

  private void runTimed(long until, boolean idleOnly) {
    limit = until;
    while (resumeStopped()) {
      Cpu cpu = earliestExcept(null);
      long cpuTime = cpu == null ? Cpu.NEVER : cpu.resumeTime;
      long eventTime = events.nextTimeNanos();
      long next = Math.min(cpuTime, eventTime);
      if (next > until || next == Cpu.NEVER) break;
      if (idleOnly && cpu == null && eventTime > now) break;
      if (eventTime <= cpuTime) {
        now = Math.max(eventTime, deviceTime);
        fireNext();
      } else if (cpu != null) {
        now = cpuTime;
        resume(cpu);
      }
      throwFailure();
    }
    if (!idleOnly && until < END_OF_TIME) now = Math.max(now, until);
  }

  /**
   * Goes on with the CPU that the last limit stopped, so that where a run is cut into pieces
   * changes nothing; false when the limit stops it again.
   */
  private boolean resumeStopped() {
    Cpu cpu = stoppedAtLimit;
    if (cpu == null) return true;
    if (cpu.target > limit) return false;
    stoppedAtLimit = null;
    resume(cpu);
    throwFailure();
    return stoppedAtLimit == null;
  }

  private void runUntimed(long until, boolean idleOnly) {
    limit = until;
    while (true) {
      throwFailure();
      while (events.nextTimeNanos() <= now) fireNext();
      if (still) {
        if (cpus[0].resumeTime != Cpu.NEVER) {
          resume(cpus[0]);
          continue;
        }
      } else if (resumeChosen() || explorer.choose(until, idleOnly)) {
        continue;
      }
      long next = events.nextTimeNanos();
      if (idleOnly || next > until || next == Cpu.NEVER) break;
      now = next;
    }
    if (!idleOnly && until < END_OF_TIME) now = Math.max(now, until);
  }

  private boolean resumeChosen() {
    Cpu cpu = chosen;
    if (cpu == null) return false;
    chosen = null;
    resume(cpu);
    return true;
  }

  private void throwFailure() {
    SimulationFailure known = failure;
    if (known != null) throw known;
  }

  /** Time jumps to the next event, which happens. */
  void advanceToNextEvent() {
    now = Math.max(now, events.nextTimeNanos());
    fireNext();
  }

  /** In an explored machine: which CPU the main loop is to resume without asking. */
  void resumeNext(Cpu cpu) {
    chosen = cpu;
  }

  boolean isEnabled(Cpu cpu) {
    if (cpu.resumeTime == Cpu.NEVER) return false;
    BooleanSupplier condition = cpu.spinCondition;
    return condition == null || !condition.getAsBoolean();
  }

  long limit() {
    return limit;
  }

  /** Burns CPU time until a condition that another CPU holds up is gone. */
  void spinWhile(BooleanSupplier condition, KernelFunction function) {
    if (still && condition.getAsBoolean()) throw fatal("deadlock: nobody can end this spin");
    while (condition.getAsBoolean()) {
      if (timed) {
        spendIn(function, SPIN_NANOS);
        point(Choice.Operation.OTHER, -1);
      } else {
        Cpu cpu = running;
        cpu.spinCondition = condition;
        cpu.target = now;
        cpu.resumeTime = now;
        suspend(cpu.current);
        cpu.spinCondition = null;
      }
    }
  }

  void resume(Cpu cpu) {
    running = cpu;
    cpu.resumeTime = Cpu.NEVER;
    ahead = 0;
    if (cpu.isAsleep() && !cpu.hasPendingIrq()) {
      scheduler.leaveIdle(cpu);
      return;
    }
    live = cpu;
    horizon = horizonFor(cpu);
    cpu.current.fiber().run();
    live = null;
  }

  private long horizonFor(Cpu cpu) {
    if (!timed) return 0;
    Cpu other = earliestExcept(cpu);
    long otherTime = other == null ? Cpu.NEVER : other.resumeTime + LOOKAHEAD_NANOS;
    return Math.min(Math.min(events.nextTimeNanos(), otherTime), limit + 1);
  }

  @Nullable Cpu live() {
    return live;
  }

  // Failure and the hash of events.

  void fail(String what, @Nullable Throwable cause) {
    if (failure != null) return;
    SimulationFailure found =
        new SimulationFailure(
            what,
            config.seed(),
            localTime(),
            running.context().name(),
            (cause == null ? running.current.node : lastEntered).stack());
    if (cause != null) found.initCause(cause);
    failure = found;
  }

  /** Fails in a way from which the running context cannot go on. */
  SimulationFailure fatal(String what) {
    fail(what, null);
    SimulationFailure known = failure;
    if (known == null) throw new IllegalStateException("unreachable: fail() records a failure");
    return known;
  }

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

  @Override
  public long timeNanos() {
    return localTime();
  }

  @Override
  public int cpu() {
    return running.index;
  }

  @Override
  public Task task() {
    return running.current;
  }

  @Override
  public int prio() {
    return running.current.prio();
  }

  @Override
  public int flags() {
    int count = running.current.preemptCount;
    return (running.irqsOff ? 1 : 0)
        | (running.needResched ? 4 : 0)
        | (PreemptCount.inHardirq(count) ? 8 : 0)
        | (PreemptCount.inServingSoftirq(count) ? 16 : 0);
  }

  @Override
  public int preemptCount() {
    return running.current.preemptCount;
  }

  @Override
  public CallNode stack() {
    return running.current.node;
  }
}
