package besser.kernel.machine;

import besser.kernel.observe.CallStack;
import besser.kernel.observe.Context;
import besser.kernel.observe.CpuSampler;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One CPU: what runs on it, what is pending on it. */
final class Cpu {
  static final long NEVER = Long.MAX_VALUE;

  /** Interrupts of its own. */
  static final int TICK = 1;

  static final int HRTIMER = 2;
  static final int IPI = 4;

  /** The interrupt of some line. */
  private static final int LINE = 8;

  final int index;
  final SimTask idle;
  final CpuSampler sampler;
  final RunQueue runQueue;
  final TimerBase timers;
  final HrTimers hrtimers;
  final InterruptContext softirqContext;
  final InterruptContext hardirqContext;
  final TaskletQueue tasklets;
  final TaskletQueue hiTasklets;

  SimTask current;

  /** How far its own time had come when it was last left. */
  long clock;

  /** The local time up to which its current context has already spent its CPU time. */
  long target;

  /** Whether the idle task's fiber handles an interrupt. */
  boolean idleBusy;

  /** Since when it is idle. */
  long idleSince;

  boolean irqsOff;

  /** Nesting of {@code local_irq_save} inside one that turned interrupts off. */
  int irqSaveDepth;

  /** Whether {@code local_irq_save}, and not an interrupt or a lock, turned them off. */
  boolean irqSaveOutermost;

  boolean needResched;

  /** Bits of {@link Softirq} that are raised. */
  int softirqPending;

  /** Interrupts that wait: {@link #TICK}, {@link #HRTIMER}, {@link #IPI}, {@link #LINE}. */
  private int pending;

  /** Raised lines that wait, in order of raising. */
  private final LineQueue pendingLines = new LineQueue();

  /** When the tick event is set to fire. */
  long tickAt = NEVER;

  long tickTicket;
  @Nullable SimTask ksoftirqd;

  /** What its innermost context spins on while suspended in a spin loop. */
  @Nullable SpinWaiter spinningOn;

  /** The innermost spinning level, also while an interrupt runs on top of it. */
  @Nullable SpinWaiter spinWait;

  /** What it waits for in a spin loop of an explored machine. */
  @Nullable BooleanSupplier spinCondition;

  Cpu(Engine engine, int index) {
    this.index = index;
    this.sampler = engine.profile.sampler(index);
    this.timers = new TimerBase(engine, this);
    this.hrtimers = new HrTimers(engine, this);
    this.runQueue = new RunQueue(engine);
    this.tasklets = new TaskletQueue();
    this.hiTasklets = new TaskletQueue();
    this.idle =
        new SimTask(
            engine,
            0,
            "swapper/" + index,
            TaskPlacement.bound(index),
            this,
            idleStack(engine),
            () -> engine.scheduler.leaveIdleForInterrupt());
    this.softirqContext = new InterruptContext(this, Context.Kind.SOFTIRQ, engine.nextContextId());
    this.hardirqContext = new InterruptContext(this, Context.Kind.HARDIRQ, engine.nextContextId());
    this.current = idle;
  }

  /** Whether it is idle and no interrupt runs on top of that. */
  boolean isAsleep() {
    return current == idle && !idleBusy;
  }

  boolean isIdle() {
    return current == idle;
  }

  boolean hasPendingIrq() {
    return pending != 0;
  }

  /** Whether one of its own waits. */
  boolean hasPendingOwnIrq() {
    return (pending & ~LINE) != 0;
  }

  /** One of its own is raised. */
  void raise(int own) {
    pending |= own;
  }

  /** Whether one of its own waits, which no longer does. */
  boolean take(int own) {
    boolean waited = (pending & own) != 0;
    pending &= ~own;
    return waited;
  }

  void raise(SimIrqLine line) {
    pendingLines.add(line);
    pending |= LINE;
  }

  void withdraw(SimIrqLine line) {
    pendingLines.remove(line);
    if (pendingLines.isEmpty()) pending &= ~LINE;
  }

  /** The line that was raised first, which no longer waits. */
  SimIrqLine takeLine() {
    SimIrqLine first = pendingLines.poll();
    if (pendingLines.isEmpty()) pending &= ~LINE;
    return first;
  }

  LineQueue pendingLines() {
    return pendingLines;
  }

  boolean isDeliverable() {
    return !irqsOff && hasPendingIrq();
  }

  /** The context that is running on it. */
  Context context() {
    int count = current.preemptCount;
    if (PreemptCount.inHardirq(count)) return hardirqContext;
    if (PreemptCount.inServingSoftirq(count)) return softirqContext;
    return current;
  }

  private static CallStack idleStack(Engine engine) {
    CallStack stack = new CallStack(engine.profile.root());
    stack.push(Functions.DO_IDLE);
    stack.push(Functions.CPUIDLE_ENTER);
    return stack;
  }
}
