package besser.kernel.observe;

import besser.kernel.Allocation;
import besser.kernel.Gfp;
import besser.kernel.KernelFunction;
import besser.kernel.LogLevel;
import besser.kernel.Task;
import besser.kernel.Tasklet;
import besser.kernel.Timer;
import besser.kernel.WaitQueue;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.net.SkBuff;
import java.util.stream.Stream;

/**
 * Two observers as one: each is told everything, the first first. What happens all the time is told
 * only to those who listen to it.
 */
final class ObserverPair implements Observer {
  private final Observer first;
  private final Observer second;
  private final Observer[] all;
  private final Observer[] toSwitched;
  private final Observer[] toAcquiring;
  private final Observer[] toAcquired;
  private final Observer[] toReleased;
  private final Observer[] toAccessed;

  ObserverPair(Observer first, Observer second) {
    this.first = first;
    this.second = second;
    this.all = Stream.of(first, second).flatMap(ObserverPair::parts).toArray(Observer[]::new);
    this.toSwitched = listeners(Hearing.SWITCHED);
    this.toAcquiring = listeners(Hearing.ACQUIRING);
    this.toAcquired = listeners(Hearing.ACQUIRED);
    this.toReleased = listeners(Hearing.RELEASED);
    this.toAccessed = listeners(Hearing.ACCESSED);
  }

  private static Stream<Observer> parts(Observer observer) {
    return observer instanceof ObserverPair pair ? Stream.of(pair.all) : Stream.of(observer);
  }

  private Observer[] listeners(Hearing event) {
    return Stream.of(all).filter(event::isHeardBy).toArray(Observer[]::new);
  }

  @Override
  public void taskCreated(Task task, Context by) {
    first.taskCreated(task, by);
    second.taskCreated(task, by);
  }

  @Override
  public void taskExited(Context task) {
    first.taskExited(task);
    second.taskExited(task);
  }

  @Override
  public void taskJoined(Task task, Context by) {
    first.taskJoined(task, by);
    second.taskJoined(task, by);
  }

  @Override
  public void switched(int cpu, Task from, Task to, boolean preempted) {
    for (Observer observer : toSwitched) observer.switched(cpu, from, to, preempted);
  }

  @Override
  public void contextEntered(Context context, Context interrupted) {
    first.contextEntered(context, interrupted);
    second.contextEntered(context, interrupted);
  }

  @Override
  public void contextLeft(Context context, Context resumed) {
    first.contextLeft(context, resumed);
    second.contextLeft(context, resumed);
  }

  @Override
  public void lockAcquiring(LockView lock, LockView.Mode mode, Context by) {
    for (Observer observer : toAcquiring) observer.lockAcquiring(lock, mode, by);
  }

  @Override
  public void lockContended(LockView lock, Context by) {
    first.lockContended(lock, by);
    second.lockContended(lock, by);
  }

  @Override
  public void lockAcquired(LockView lock, LockView.Mode mode, Context by) {
    for (Observer observer : toAcquired) observer.lockAcquired(lock, mode, by);
  }

  @Override
  public void lockReleased(LockView lock, Context by) {
    for (Observer observer : toReleased) observer.lockReleased(lock, by);
  }

  @Override
  public void accessed(Variable variable, Variable.Access access, Context by) {
    for (Observer observer : toAccessed) observer.accessed(variable, access, by);
  }

  @Override
  public void conditionEvaluated(WaitQueue queue, boolean result, Context by) {
    first.conditionEvaluated(queue, result, by);
    second.conditionEvaluated(queue, result, by);
  }

  @Override
  public void waitBegan(Object what, long timeoutJiffies, Context by) {
    first.waitBegan(what, timeoutJiffies, by);
    second.waitBegan(what, timeoutJiffies, by);
  }

  @Override
  public void waitEnded(Object what, boolean timedOut, Context by) {
    first.waitEnded(what, timedOut, by);
    second.waitEnded(what, timedOut, by);
  }

  @Override
  public void wakeCalled(Object what, Context by) {
    first.wakeCalled(what, by);
    second.wakeCalled(what, by);
  }

  @Override
  public void woken(Task woken, Context by) {
    first.woken(woken, by);
    second.woken(woken, by);
  }

  @Override
  public void signalled(Object what, Context by) {
    first.signalled(what, by);
    second.signalled(what, by);
  }

  @Override
  public void signalConsumed(Object what, Context by) {
    first.signalConsumed(what, by);
    second.signalConsumed(what, by);
  }

  @Override
  public void workQueued(Work work, Workqueue queue, boolean accepted, Context by) {
    first.workQueued(work, queue, accepted, by);
    second.workQueued(work, queue, accepted, by);
  }

  @Override
  public void workStarted(Work work, Workqueue queue, Context by) {
    first.workStarted(work, queue, by);
    second.workStarted(work, queue, by);
  }

  @Override
  public void workEnded(Work work, Workqueue queue, Context by) {
    first.workEnded(work, queue, by);
    second.workEnded(work, queue, by);
  }

  @Override
  public void workFlushing(Work work, boolean cancels, Context by) {
    first.workFlushing(work, cancels, by);
    second.workFlushing(work, cancels, by);
  }

  @Override
  public void workFlushed(Work work, Context by) {
    first.workFlushed(work, by);
    second.workFlushed(work, by);
  }

  @Override
  public void workCancelled(Work work, Context by) {
    first.workCancelled(work, by);
    second.workCancelled(work, by);
  }

  @Override
  public void workqueueFlushed(Workqueue queue, boolean done, Context by) {
    first.workqueueFlushed(queue, done, by);
    second.workqueueFlushed(queue, done, by);
  }

  @Override
  public void timerArmed(Timer timer, long expiresJiffies, Context by) {
    first.timerArmed(timer, expiresJiffies, by);
    second.timerArmed(timer, expiresJiffies, by);
  }

  @Override
  public void timerFired(Timer timer, Context by) {
    first.timerFired(timer, by);
    second.timerFired(timer, by);
  }

  @Override
  public void timerEnded(Timer timer, Context by) {
    first.timerEnded(timer, by);
    second.timerEnded(timer, by);
  }

  @Override
  public void timerDeleted(Timer timer, boolean wasPending, boolean synced, Context by) {
    first.timerDeleted(timer, wasPending, synced, by);
    second.timerDeleted(timer, wasPending, synced, by);
  }

  @Override
  public void taskletScheduled(Tasklet tasklet, boolean accepted, Context by) {
    first.taskletScheduled(tasklet, accepted, by);
    second.taskletScheduled(tasklet, accepted, by);
  }

  @Override
  public void taskletStarted(Tasklet tasklet, Context by) {
    first.taskletStarted(tasklet, by);
    second.taskletStarted(tasklet, by);
  }

  @Override
  public void taskletEnded(Tasklet tasklet, Context by) {
    first.taskletEnded(tasklet, by);
    second.taskletEnded(tasklet, by);
  }

  @Override
  public void softirqRaised(int softirq, Context by) {
    first.softirqRaised(softirq, by);
    second.softirqRaised(softirq, by);
  }

  @Override
  public void irqArmed(int irq, Context by) {
    first.irqArmed(irq, by);
    second.irqArmed(irq, by);
  }

  @Override
  public void irqRaised(int irq, boolean merged) {
    first.irqRaised(irq, merged);
    second.irqRaised(irq, merged);
  }

  @Override
  public void irqDelivered(int irq, Context by) {
    first.irqDelivered(irq, by);
    second.irqDelivered(irq, by);
  }

  @Override
  public void allocated(Allocation allocation, Gfp gfp, Context by) {
    first.allocated(allocation, gfp, by);
    second.allocated(allocation, gfp, by);
  }

  @Override
  public void allocationFailed(String site, int bytes, Gfp gfp, Context by) {
    first.allocationFailed(site, bytes, gfp, by);
    second.allocationFailed(site, bytes, gfp, by);
  }

  @Override
  public void freed(Allocation allocation, boolean again, Context by) {
    first.freed(allocation, again, by);
    second.freed(allocation, again, by);
  }

  @Override
  public void skb(SkBuff skb, SkbEvent event, String where, Context by) {
    first.skb(skb, event, where, by);
    second.skb(skb, event, where, by);
  }

  @Override
  public void mightSleep(KernelFunction where, Context by) {
    first.mightSleep(where, by);
    second.mightSleep(where, by);
  }

  @Override
  public void misused(String rule, Context by) {
    first.misused(rule, by);
    second.misused(rule, by);
  }

  @Override
  public void logged(LogLevel level, String message, Context by) {
    first.logged(level, message, by);
    second.logged(level, message, by);
  }

  @Override
  public void warned(String place, Context by) {
    first.warned(place, by);
    second.warned(place, by);
  }

  @Override
  public void oopsed(String place, Context by) {
    first.oopsed(place, by);
    second.oopsed(place, by);
  }

  @Override
  public void blockedForever(Task task, Object what) {
    first.blockedForever(task, what);
    second.blockedForever(task, what);
  }
}
