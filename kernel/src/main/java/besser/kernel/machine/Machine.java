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
import java.util.List;

/**
 * A simulated Linux machine: CPUs, scheduler, interrupts, softirqs, work queues, timers and memory
 * behind the port {@link Kernel}, and devices on the other side of {@link Hardware}.
 *
 * <p>One thread drives a machine; two machines share nothing.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Machine {
  /** A machine with idle CPUs at time 0. */
  public Machine(MachineConfig config) {
    throw new UnsupportedOperationException("not yet " + config);
  }

  /** What it is made of. */
  public MachineConfig config() {
    throw new UnsupportedOperationException();
  }

  /** What driver code calls. */
  public Kernel kernel() {
    throw new UnsupportedOperationException();
  }

  /** Where devices live. */
  public Hardware hardware() {
    throw new UnsupportedOperationException();
  }

  /** Gives {@link Kernel#net} its implementation. */
  public void attachNet(Net net) {
    throw new UnsupportedOperationException();
  }

  /** Runs a body in a kernel thread {@code init}, such as a driver's probe. */
  public Task boot(Runnable body) {
    throw new UnsupportedOperationException();
  }

  /** {@code kthread_create} with a placement, and wakes it. */
  public Task kthread(
      String name, KernelFunction function, TaskPlacement placement, Runnable body) {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs until that time has come.
   *
   * @throws SimulationFailure when simulated code throws
   */
  public void runUntil(long timeNanos) {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs until nothing is runnable and nothing is due now. Time does not pass in a still machine:
   * device events with a delay wait for {@link #runUntil}.
   */
  public void runUntilIdle() {
    throw new UnsupportedOperationException();
  }

  /** Nanoseconds since boot, as the running context sees it. */
  public long nowNanos() {
    throw new UnsupportedOperationException();
  }

  /** Adds an observer; before the machine runs. */
  public void observe(Observer observer) {
    throw new UnsupportedOperationException();
  }

  /** For subsystems: whether to announce anything at all. */
  public boolean isObserved() {
    throw new UnsupportedOperationException();
  }

  /** For subsystems: where to announce, when {@link #isObserved}. */
  public Observer observers() {
    throw new UnsupportedOperationException();
  }

  /** The context that is running. */
  public Context context() {
    throw new UnsupportedOperationException();
  }

  /** For subsystems: gives a softirq vector its action. */
  public void openSoftirq(Softirq softirq, KernelFunction function, Runnable action) {
    throw new UnsupportedOperationException();
  }

  /** For subsystems: {@code raise_softirq} on this CPU. */
  public void raiseSoftirq(Softirq softirq) {
    throw new UnsupportedOperationException();
  }

  /** For subsystems: spends CPU time in the innermost function, at least 0 ns. */
  public void consume(long nanos) {
    throw new UnsupportedOperationException();
  }

  /** Its tracepoints. */
  public Tracepoints tracepoints() {
    throw new UnsupportedOperationException();
  }

  /** Its profile. */
  public Profile profile() {
    throw new UnsupportedOperationException();
  }

  /** Its symbols. */
  public Symbols symbols() {
    throw new UnsupportedOperationException();
  }

  /** The kernel log so far. */
  public List<LogLine> log() {
    throw new UnsupportedOperationException();
  }

  /** How often {@code WARN_ON} fired. */
  public long warnings() {
    throw new UnsupportedOperationException();
  }

  /** The places of {@code BUG}s hit. */
  public List<String> oopses() {
    throw new UnsupportedOperationException();
  }

  /** Every task that exists or existed, by pid. */
  public List<TaskStats> tasks() {
    throw new UnsupportedOperationException();
  }

  /** A rolling hash of everything that happened; equal runs have equal hashes. */
  public long eventHash() {
    throw new UnsupportedOperationException();
  }
}
