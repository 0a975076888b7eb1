package besser.kernel.machine;

import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.Task;
import besser.kernel.net.Net;
import besser.kernel.observe.Context;
import besser.kernel.observe.Observer;
import besser.kernel.observe.Profile;
import besser.kernel.observe.Symbols;
import besser.kernel.observe.Tracepoints;
import java.util.ArrayList;
import java.util.List;

/**
 * A simulated Linux machine: CPUs, scheduler, interrupts, softirqs, work queues, timers and memory
 * behind the port {@link Kernel}, and devices on the other side of {@link Hardware}.
 *
 * <p>One thread drives a machine; two machines share nothing.
 */
public final class Machine implements AutoCloseable {
  private final MachineConfig config;
  private final Engine engine;
  private final SimKernel kernel;
  private final Hardware hardware;

  /** A machine with idle CPUs at time 0. */
  public Machine(MachineConfig config) {
    this.config = config;
    this.engine = new Engine(config);
    this.kernel = new SimKernel(engine);
    this.hardware = new SimHardware(engine);
  }

  /** What it is made of. */
  public MachineConfig config() {
    return config;
  }

  /** What driver code calls. */
  public Kernel kernel() {
    return kernel;
  }

  /** Where devices live. */
  public Hardware hardware() {
    return hardware;
  }

  /** Gives {@link Kernel#net} its implementation. */
  public void attachNet(Net net) {
    kernel.attachNet(net);
  }

  /** Runs a body in a kernel thread {@code init}, such as a driver's probe. */
  public Task boot(Runnable body) {
    return kthread("init", Functions.KERNEL_INIT, TaskPlacement.NORMAL, body);
  }

  /** {@code kthread_create} with a placement, and wakes it. */
  public Task kthread(
      String name, KernelFunction function, TaskPlacement placement, Runnable body) {
    return kernel.kthread(name, function, placement, body);
  }

  /**
   * Runs until that time has come.
   *
   * @throws SimulationFailure when simulated code throws
   */
  public void runUntil(long timeNanos) {
    engine.run(timeNanos, false);
  }

  /**
   * Runs until nothing is runnable and nothing is due now. Time does not pass in a still machine:
   * device events with a delay wait for {@link #runUntil}.
   */
  public void runUntilIdle() {
    engine.run(Engine.END_OF_TIME, true);
  }

  /**
   * Runs until nothing will ever happen again, and tells observers which tasks wait without a
   * timeout. Only for machines whose devices fall silent.
   *
   * @return those tasks
   */
  public List<Task> runToEnd() {
    engine.run(Engine.END_OF_TIME, false);
    return reportBlocked();
  }

  /**
   * Tells observers which tasks wait without a timeout, idle workers and the like apart.
   *
   * @return those tasks
   */
  public List<Task> reportBlocked() {
    List<Task> blocked = new ArrayList<>();
    for (SimTask task : engine.tasks) {
      if (!task.isBlockedForever()) continue;
      blocked.add(task);
      if (engine.observer != null) announceBlocked(task, engine.observer);
    }
    return blocked;
  }

  private static void announceBlocked(SimTask task, Observer observer) {
    if (task.waitingFor instanceof SimWaitQueue queue) queue.announceCondition(task, observer);
    observer.blockedForever(task, task.waitingFor);
  }

  /** Nanoseconds since boot, as the running context sees it. */
  public long nowNanos() {
    return engine.localTime();
  }

  /** Adds an observer; before the machine runs. */
  public void observe(Observer observer) {
    engine.observer = engine.observer == null ? observer : engine.observer.and(observer);
  }

  /** For subsystems: whether to announce anything at all. */
  public boolean isObserved() {
    return engine.observer != null;
  }

  /**
   * For subsystems: where to announce.
   *
   * @throws IllegalStateException unless {@link #isObserved}
   */
  public Observer observers() {
    if (engine.observer == null) throw new IllegalStateException("nobody observes this machine");
    return engine.observer;
  }

  /** The context that is running. */
  public Context context() {
    return engine.context();
  }

  /** For subsystems: gives a softirq vector its action. */
  public void openSoftirq(Softirq softirq, KernelFunction function, Runnable action) {
    engine.softirqs.open(softirq, function, action);
  }

  /** For subsystems: {@code raise_softirq} on this CPU. */
  public void raiseSoftirq(Softirq softirq) {
    engine.softirqs.raise(softirq);
  }

  /** For subsystems: spends CPU time in the innermost function, at least 0 ns. */
  public void consume(long nanos) {
    if (nanos < 0) throw new IllegalArgumentException("time must be >= 0 ns, got " + nanos);
    engine.spend(nanos);
  }

  /** For subsystems: asks the schedule whether an allocation fails here. */
  public boolean allocationFails(String site) {
    return engine.explorer.allocationFails(site);
  }

  /** Its tracepoints. */
  public Tracepoints tracepoints() {
    return engine.trace.points;
  }

  /** Its profile. */
  public Profile profile() {
    return engine.profile;
  }

  /** Its symbols. */
  public Symbols symbols() {
    return engine.symbols;
  }

  /** The kernel log so far. */
  public List<LogLine> log() {
    return engine.log.lines();
  }

  /** How often {@code WARN_ON} fired. */
  public long warnings() {
    return engine.log.warnings();
  }

  /** The places of {@code BUG}s hit. */
  public List<String> oopses() {
    return engine.log.oopses();
  }

  /** Every task that exists or existed, by pid. */
  public List<TaskStats> tasks() {
    return engine.tasks.stream().map(SimTask::stats).toList();
  }

  /** How many device and timer events have happened: a figure of effort. */
  public long eventsFired() {
    return engine.eventsFired();
  }

  /** How often a fiber gave the baton back: a figure of effort. */
  public long fiberSwitches() {
    return engine.fiberSwitches();
  }

  /** A rolling hash of everything that happened; equal runs have equal hashes. */
  public long eventHash() {
    return engine.hash();
  }

  /** Gives up all tasks, so that no stack is kept alive. */
  @Override
  public void close() {
    for (SimTask task : engine.tasks) task.abandon();
    for (Cpu cpu : engine.cpus) cpu.idle.abandon();
  }
}
