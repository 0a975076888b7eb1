package besser.kernel.machine;

import besser.kernel.AtomicInt;
import besser.kernel.CallFrame;
import besser.kernel.Clock;
import besser.kernel.Completion;
import besser.kernel.DelayedWork;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.LogLevel;
import besser.kernel.Memory;
import besser.kernel.Mutex;
import besser.kernel.Semaphore;
import besser.kernel.SharedInt;
import besser.kernel.SharedLong;
import besser.kernel.SharedRef;
import besser.kernel.SpinLock;
import besser.kernel.Task;
import besser.kernel.Tasklet;
import besser.kernel.Timer;
import besser.kernel.WaitQueue;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.WorkqueueFlag;
import besser.kernel.net.Net;
import besser.kernel.observe.LockView;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The port's implementation: hands out the machine's objects. */
final class SimKernel implements Kernel {
  private final Engine engine;
  private final CallFrame frame;
  private final Clock clock;
  private final Memory memory;
  private @Nullable Net net;

  SimKernel(Engine engine) {
    this.engine = engine;
    this.frame = engine::leave;
    this.clock = new SimClock(engine);
    this.memory = new SimMemory(engine);
  }

  void attachNet(Net attached) {
    net = attached;
  }

  @Override
  public CallFrame enter(KernelFunction function) {
    engine.enter(function);
    return frame;
  }

  @Override
  public SpinLock spinLock(LockClass lockClass) {
    return new SimSpinLock(engine, lockClass, LockView.Kind.SPIN);
  }

  @Override
  public SpinLock rawSpinLock(LockClass lockClass) {
    return new SimSpinLock(engine, lockClass, LockView.Kind.RAW_SPIN);
  }

  @Override
  public Mutex mutex(LockClass lockClass) {
    return new SimMutex(engine, lockClass);
  }

  @Override
  public Semaphore semaphore(LockClass lockClass, int count) {
    return new SimSemaphore(engine, lockClass, count);
  }

  @Override
  public WaitQueue waitQueue(LockClass lockClass) {
    return new SimWaitQueue(engine, lockClass);
  }

  @Override
  public Completion completion(String name) {
    return new SimCompletion(engine, name);
  }

  @Override
  public Workqueue allocWorkqueue(String name, int maxActive, WorkqueueFlag... flags) {
    EnumSet<WorkqueueFlag> set = EnumSet.noneOf(WorkqueueFlag.class);
    set.addAll(Arrays.asList(flags));
    return engine.workqueues.alloc(name, maxActive, set);
  }

  @Override
  public Workqueue systemWq() {
    return engine.workqueues.system();
  }

  @Override
  public Workqueue systemBhWq() {
    return engine.workqueues.systemBh();
  }

  @Override
  public Work work(KernelFunction function, Runnable body) {
    return new SimWork(engine, function, body);
  }

  @Override
  public DelayedWork delayedWork(KernelFunction function, Runnable body) {
    return new SimDelayedWork(engine, function, body);
  }

  @Override
  public Timer timer(KernelFunction function, Runnable body) {
    return new SimTimer(engine, function, false, body);
  }

  @Override
  public Tasklet tasklet(KernelFunction function, Runnable body) {
    return new SimTasklet(engine, function, body);
  }

  @Override
  public Task kthread(String name, KernelFunction function, Runnable body) {
    return kthread(name, function, TaskPlacement.NORMAL, body);
  }

  Task kthread(String name, KernelFunction function, TaskPlacement placement, Runnable body) {
    if (engine.live() == null) {
      SimTask task = engine.scheduler.create(name, function, placement, body);
      engine.scheduler.startFromOutside(task);
      return task;
    }
    engine.point(Choice.Operation.WAKE, -1);
    engine.call(Functions.KTHREAD_CREATE);
    SimTask task = engine.scheduler.create(name, function, placement, body);
    engine.scheduler.wake(task);
    return task;
  }

  @Override
  public AtomicInt atomic(String name, int initial) {
    return new SimAtomic(engine, name, initial);
  }

  @Override
  public SharedInt sharedInt(String name, int initial) {
    return new SimSharedInt(engine, name, initial);
  }

  @Override
  public SharedLong sharedLong(String name, long initial) {
    return new SimSharedLong(engine, name, initial);
  }

  @Override
  public <T> SharedRef<T> sharedRef(String name, Optional<T> initial) {
    return new SimSharedRef<>(engine, name, initial);
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public Net net() {
    Net attached = net;
    if (attached == null) {
      throw new IllegalStateException("no network stack is attached, call Machine.attachNet first");
    }
    return attached;
  }

  @Override
  public Task current() {
    return engine.running.current;
  }

  @Override
  public int smpProcessorId() {
    return engine.running.index;
  }

  @Override
  public void localBhDisable() {
    engine.softirqs.disableBh();
  }

  @Override
  public void localBhEnable() {
    engine.point(Choice.Operation.IRQ_STATE, -1);
    engine.running.current.preemptCount += PreemptCount.PREEMPT;
    engine.softirqs.enableBh(PreemptCount.SOFTIRQ_DISABLE + PreemptCount.PREEMPT);
  }

  @Override
  public void localIrqSave() {
    engine.point(Choice.Operation.IRQ_STATE, -1);
    engine.interrupts.saveNested();
  }

  @Override
  public void localIrqRestore() {
    engine.point(Choice.Operation.IRQ_STATE, -1);
    engine.interrupts.restoreNested();
  }

  @Override
  public void printk(LogLevel level, String message) {
    engine.point(Choice.Operation.OTHER, -1);
    engine.call(Functions.PRINTK);
    engine.log.print(level, message);
  }

  @Override
  public void warn(String place) {
    engine.point(Choice.Operation.OTHER, -1);
    engine.call(Functions.PRINTK);
    engine.log.warn(place);
  }

  @Override
  public void bug(String place) {
    engine.point(Choice.Operation.OTHER, -1);
    engine.log.oops(place);
    throw new Oops(place);
  }
}
