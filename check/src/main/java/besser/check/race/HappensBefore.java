package besser.check.race;

import besser.kernel.Task;
import besser.kernel.Tasklet;
import besser.kernel.Timer;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.observe.Context;
import besser.kernel.observe.LockView;
import besser.kernel.observe.Observer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Linux's order between threads of execution as vector clocks.
 *
 * <p>Edges: unlock to lock; {@code queue_work} to run (also when it was pending already, as the
 * comment at {@code queue_work} promises), run to the next run of the same item, end of run to
 * flush; {@code complete} and {@code up} to the wait they end; timer arm to fire, end of handler to
 * {@code timer_delete_sync}; tasklets alike; wake to woken, when the woken runs; creation and end
 * of tasks; {@code request_irq} and {@code enable_irq} to the handler; raising a softirq to its
 * run. Sections with interrupts or softirqs off exclude those of their CPU, so they order as a lock
 * of that CPU would.
 *
 * <p>The kernel core's own raw locks order nothing here: that two contexts were both woken on one
 * run queue is no reason for a driver to rely on.
 */
abstract class HappensBefore implements Observer {
  private final List<@Nullable ThreadState> threads = new ArrayList<>();
  private final ObjectClocks before = new ObjectClocks();
  private final ObjectClocks after = new ObjectClocks();
  private final List<Exclusion> irqs = new ArrayList<>();
  private final List<Exclusion> softirqs = new ArrayList<>();
  private final List<VectorClock> raised = new ArrayList<>();
  private final List<VectorClock> lines = new ArrayList<>();

  /** The state of a context, with what its interrupt flags order taken into account. */
  final ThreadState of(Context by) {
    ThreadState state = stateOf(by);
    if (by.kind() != Context.Kind.HARDIRQ) followFlags(state, by);
    return state;
  }

  private ThreadState stateOf(Context by) {
    int id = by.id();
    ThreadState known = id < threads.size() ? threads.get(id) : null;
    if (known != null) return known;
    while (threads.size() <= id) threads.add(null);
    ThreadState made = new ThreadState(by);
    threads.set(id, made);
    return made;
  }

  private void followFlags(ThreadState state, Context by) {
    int irqsOffOn = by.irqsDisabled() ? by.cpu() : -1;
    if (irqsOffOn != state.irqsOffOn) {
      if (state.irqsOffOn >= 0) state.release(irqs(state.irqsOffOn).sections);
      if (irqsOffOn >= 0) state.acquire(irqs(irqsOffOn).handlers);
      state.irqsOffOn = irqsOffOn;
    }
    if (by.kind() == Context.Kind.SOFTIRQ) return;
    int bhOffOn = irqsOffOn >= 0 || by.bhDisabled() ? by.cpu() : -1;
    if (bhOffOn != state.bhOffOn) {
      if (state.bhOffOn >= 0) state.release(softirqs(state.bhOffOn).sections);
      if (bhOffOn >= 0) state.acquire(softirqs(bhOffOn).handlers);
      state.bhOffOn = bhOffOn;
    }
  }

  private Exclusion irqs(int cpu) {
    while (irqs.size() <= cpu) irqs.add(new Exclusion());
    return irqs.get(cpu);
  }

  private Exclusion softirqs(int cpu) {
    while (softirqs.size() <= cpu) softirqs.add(new Exclusion());
    return softirqs.get(cpu);
  }

  private static VectorClock at(List<VectorClock> clocks, int index) {
    while (clocks.size() <= index) clocks.add(new VectorClock());
    return clocks.get(index);
  }

  // Tasks and contexts.

  @Override
  public void taskCreated(Task task, Context by) {
    if (task instanceof Context context) of(by).release(stateOf(context).clock);
  }

  @Override
  public void taskExited(Context task) {
    of(task).release(after.of(task));
  }

  @Override
  public void taskJoined(Task task, Context by) {
    of(by).acquire(after.of(task));
  }

  @Override
  public void contextEntered(Context context, Context interrupted) {
    ThreadState state = stateOf(context);
    int cpu = context.cpu();
    boolean hard = context.kind() == Context.Kind.HARDIRQ;
    endOff(stateOf(interrupted), hard);
    if (hard) {
      state.acquire(irqs(cpu).sections);
    } else {
      state.acquire(softirqs(cpu).sections);
      state.acquire(at(raised, cpu));
    }
  }

  /** What could be interrupted was not holding it off any more, though nothing told so. */
  private void endOff(ThreadState interrupted, boolean hard) {
    if (interrupted.context.kind() == Context.Kind.HARDIRQ) return;
    if (hard && interrupted.irqsOffOn >= 0) {
      interrupted.release(irqs(interrupted.irqsOffOn).sections);
      interrupted.irqsOffOn = -1;
    }
    if (interrupted.context.kind() == Context.Kind.SOFTIRQ) return;
    if (interrupted.bhOffOn >= 0 && (!hard || !interrupted.context.bhDisabled())) {
      interrupted.release(softirqs(interrupted.bhOffOn).sections);
      interrupted.bhOffOn = -1;
    }
  }

  @Override
  public void contextLeft(Context context, Context resumed) {
    ThreadState state = stateOf(context);
    boolean hard = context.kind() == Context.Kind.HARDIRQ;
    int cpu = context.cpu();
    state.release(hard ? irqs(cpu).handlers : softirqs(cpu).handlers);
    if (!hard) state.irqsOffOn = -1;
  }

  @Override
  public void softirqRaised(int softirq, Context by) {
    of(by).release(at(raised, by.cpu()));
  }

  @Override
  public void irqArmed(int irq, Context by) {
    of(by).release(at(lines, irq));
  }

  @Override
  public void irqDelivered(int irq, Context by) {
    stateOf(by).acquire(at(lines, irq));
  }

  // Waking.

  @Override
  public void woken(Task woken, Context by) {
    if (!(woken instanceof Context context)) return;
    ThreadState state = stateOf(context);
    of(by).release(state.wake);
    state.wakePending = true;
  }

  @Override
  public void switched(int cpu, Task from, Task to, boolean preempted) {
    if (to instanceof Context context) learnOfWake(stateOf(context));
  }

  @Override
  public void waitEnded(Object what, boolean timedOut, Context by) {
    learnOfWake(of(by));
  }

  private static void learnOfWake(ThreadState state) {
    if (!state.wakePending) return;
    state.wakePending = false;
    state.acquire(state.wake);
  }

  @Override
  public void signalled(Object what, Context by) {
    of(by).release(before.of(what));
  }

  @Override
  public void signalConsumed(Object what, Context by) {
    of(by).acquire(before.of(what));
  }

  // Locks.

  @Override
  public void lockAcquired(LockView lock, LockView.Mode mode, Context by) {
    if (lock.lockKind() == LockView.Kind.RAW_SPIN) return;
    ThreadState state = of(by);
    state.hold(lock);
    // A semaphore orders by its signals: not every down comes after the last up.
    if (lock.lockKind() != LockView.Kind.SEMAPHORE) state.acquire(before.of(lock));
  }

  @Override
  public void lockReleased(LockView lock, Context by) {
    if (lock.lockKind() == LockView.Kind.RAW_SPIN) return;
    ThreadState state = of(by);
    state.drop(lock);
    if (lock.lockKind() != LockView.Kind.SEMAPHORE) state.release(before.of(lock));
  }

  // Deferred work.

  @Override
  public void workQueued(Work work, Workqueue queue, boolean accepted, Context by) {
    of(by).release(before.of(work));
  }

  @Override
  public void workStarted(Work work, Workqueue queue, Context by) {
    ThreadState state = of(by);
    state.acquire(before.of(work));
    state.acquire(after.of(work));
  }

  @Override
  public void workEnded(Work work, Workqueue queue, Context by) {
    ThreadState state = of(by);
    state.release(after.of(work));
    state.release(after.of(queue));
  }

  @Override
  public void workFlushed(Work work, Context by) {
    of(by).acquire(after.of(work));
  }

  @Override
  public void workqueueFlushed(Workqueue queue, boolean done, Context by) {
    if (done) of(by).acquire(after.of(queue));
  }

  @Override
  public void timerArmed(Timer timer, long expiresJiffies, Context by) {
    of(by).release(before.of(timer));
  }

  @Override
  public void timerFired(Timer timer, Context by) {
    of(by).acquire(before.of(timer));
  }

  @Override
  public void timerEnded(Timer timer, Context by) {
    of(by).release(after.of(timer));
  }

  @Override
  public void timerDeleted(Timer timer, boolean wasPending, boolean synced, Context by) {
    if (synced) of(by).acquire(after.of(timer));
  }

  @Override
  public void taskletScheduled(Tasklet tasklet, boolean accepted, Context by) {
    of(by).release(before.of(tasklet));
  }

  @Override
  public void taskletStarted(Tasklet tasklet, Context by) {
    ThreadState state = of(by);
    state.acquire(before.of(tasklet));
    state.acquire(after.of(tasklet));
  }

  @Override
  public void taskletEnded(Tasklet tasklet, Context by) {
    of(by).release(after.of(tasklet));
  }
}
