package besser.kernel.machine;

import besser.kernel.KernelFunction;
import besser.kernel.Task;
import besser.kernel.fiber.Fiber;
import besser.kernel.observe.CallNode;
import besser.kernel.observe.CallStack;
import besser.kernel.observe.Context;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** {@code struct task_struct}: a fiber with scheduling state. */
final class SimTask implements Task, Context {
  /** {@code __state} as far as it matters. */
  enum State {
    RUNNING,
    SLEEPING,
    DEAD
  }

  private static final int[] WEIGHTS = {
    88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916, 9548, 7620, 6100, 4904,
    3906, 3121, 2501, 1991, 1586, 1277, 1024, 820, 655, 526, 423, 335, 272, 215, 172, 137, 110, 87,
    70, 56, 45, 36, 29, 23, 18, 15
  };

  private final Engine engine;
  private final int pid;
  private final int id;
  private final String comm;
  final TaskPlacement placement;
  final int weight;
  final LeafLock piLock;
  private final Runnable body;
  private @Nullable Fiber fiber;

  State state = State.RUNNING;
  boolean onRq;
  Cpu cpu;
  final CallStack stack;
  int preemptCount;
  long vruntime;
  long execStart;
  long sliceStart;
  long enqueuedAt;
  long enqueueOrder;
  long cpuNanos;
  long waitNanos;
  long voluntarySwitches;
  long involuntarySwitches;
  Object waitingFor = "";
  boolean waitHasTimeout;
  boolean waitIsNormal;

  /** What it waits for on a wait queue. */
  @Nullable BooleanSupplier waitCondition;

  boolean stopRequested;
  boolean finished;
  @Nullable Worker worker;
  final SleepTimer sleepTimer;
  Choice.Operation nextOperation = Choice.Operation.UNKNOWN;
  int nextObject = -1;

  SimTask(
      Engine engine,
      int pid,
      String comm,
      TaskPlacement placement,
      Cpu cpu,
      CallStack stack,
      Runnable body) {
    this.engine = engine;
    this.pid = pid;
    this.id = engine.nextContextId();
    this.comm = comm.length() > 15 ? comm.substring(0, 15) : comm;
    this.placement = placement;
    this.weight = WEIGHTS[placement.nice() + 20];
    this.piLock = new LeafLock(engine, LeafLock.PI_LOCK);
    this.cpu = cpu;
    this.stack = stack;
    this.body = body;
    this.sleepTimer = new SleepTimer(engine, this);
  }

  boolean isRealtime() {
    return placement.fifoPriority() > 0;
  }

  boolean isIdle() {
    return pid == 0;
  }

  /** Kernel priority as tracepoints show it. */
  int prio() {
    if (isIdle()) return 120;
    return isRealtime() ? 99 - placement.fifoPriority() : 120 + placement.nice();
  }

  boolean mayRunOn(int cpuIndex) {
    return placement.cpu() < 0 || placement.cpu() == cpuIndex;
  }

  /** Its fiber, made when it first runs. */
  Fiber fiber() {
    Fiber made = fiber;
    if (made == null) {
      made = Fiber.create(engine.config.fibers(), () -> engine.scheduler.taskBody(this, body));
      fiber = made;
    }
    return made;
  }

  /** Whether it waits for something without a timeout, and is not meant to. */
  boolean isBlockedForever() {
    return state == State.SLEEPING && !waitHasTimeout && !onRq && !(waitIsNormal && isResting());
  }

  private boolean isResting() {
    return waitingFor.equals("") || waitingFor instanceof SimIrqLine;
  }

  TaskStats stats() {
    return new TaskStats(
        pid,
        comm,
        cpuNanos,
        waitNanos,
        voluntarySwitches,
        involuntarySwitches,
        state == State.SLEEPING ? waitingFor.toString() : "",
        Optional.ofNullable(worker).flatMap(Worker::currentFunction));
  }

  void abandon() {
    if (fiber != null && !finished) fiber.abandon();
  }

  void push(KernelFunction function) {
    stack.push(function);
  }

  void pop() {
    stack.pop();
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  public String comm() {
    return comm;
  }

  @Override
  public boolean wakeUp() {
    engine.point(Choice.Operation.WAKE, id);
    return engine.scheduler.wake(this);
  }

  @Override
  public boolean shouldStop() {
    return stopRequested;
  }

  @Override
  public void stop() {
    engine.scheduler.stopTask(this);
  }

  @Override
  public Kind kind() {
    return Kind.TASK;
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public int cpu() {
    return cpu.index;
  }

  @Override
  public Task task() {
    return this;
  }

  @Override
  public boolean irqsDisabled() {
    return cpu.current == this && cpu.irqsOff;
  }

  @Override
  public boolean bhDisabled() {
    return PreemptCount.inInterrupt(preemptCount);
  }

  @Override
  public int preemptCount() {
    return preemptCount;
  }

  @Override
  public boolean inAtomic() {
    return preemptCount != 0 || irqsDisabled();
  }

  @Override
  public CallNode stack() {
    return stack.innermost();
  }

  @Override
  public String name() {
    return comm + "/" + pid;
  }

  @Override
  public String toString() {
    return name();
  }
}
