package besser.check.replay;

import besser.check.Checker;
import besser.check.Finding;
import besser.kernel.Allocation;
import besser.kernel.Gfp;
import besser.kernel.LogLevel;
import besser.kernel.Task;
import besser.kernel.Tasklet;
import besser.kernel.Timer;
import besser.kernel.WaitQueue;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.net.SkBuff;
import besser.kernel.observe.Context;
import besser.kernel.observe.LockView;
import besser.kernel.observe.Variable;
import java.util.ArrayList;
import java.util.List;

/** Writes down what each context does in a run, for the picture of it. Finds nothing. */
public final class LaneRecorder implements Checker {
  private final List<LaneEvent> events = new ArrayList<>();

  @Override
  public String checkerName() {
    return "lanes";
  }

  @Override
  public List<Finding> findings() {
    return List.of();
  }

  /** What happened, in order. */
  public List<LaneEvent> events() {
    return List.copyOf(events);
  }

  private void add(Context by, String what) {
    String function = by.stack().isRoot() ? "" : by.stack().function().name();
    events.add(new LaneEvent(by.name(), by.cpu(), function, what));
  }

  @Override
  public void taskCreated(Task task, Context by) {
    add(by, "creates " + task.comm() + "/" + task.pid());
  }

  @Override
  public void taskExited(Context task) {
    add(task, "ends");
  }

  @Override
  public void contextEntered(Context context, Context interrupted) {
    add(context, "begins on top of " + interrupted.name());
  }

  @Override
  public void contextLeft(Context context, Context resumed) {
    add(context, "returns to " + resumed.name());
  }

  @Override
  public void lockContended(LockView lock, Context by) {
    if (isShown(lock)) add(by, "waits for " + lock.lockClass().name());
  }

  @Override
  public void lockAcquired(LockView lock, LockView.Mode mode, Context by) {
    if (isShown(lock)) add(by, "takes " + lock.lockClass().name());
  }

  @Override
  public void lockReleased(LockView lock, Context by) {
    if (isShown(lock)) add(by, "lets go " + lock.lockClass().name());
  }

  private static boolean isShown(LockView lock) {
    return lock.lockKind() != LockView.Kind.RAW_SPIN;
  }

  @Override
  public void accessed(Variable variable, Variable.Access access, Context by) {
    String verb =
        switch (access) {
          case READ -> "reads ";
          case WRITE -> "writes ";
          case READ_ONCE -> "reads (marked) ";
          case DATA_RACE -> "reads (data_race) ";
          case WRITE_ONCE -> "writes (marked) ";
          case ATOMIC_RELAXED, ATOMIC_ORDERED -> "modifies atomically ";
        };
    add(by, verb + variable.variableName());
  }

  @Override
  public void conditionEvaluated(WaitQueue queue, boolean result, Context by) {
    add(by, "finds the condition of " + queue + " " + result);
  }

  @Override
  public void waitBegan(Object what, long timeoutJiffies, Context by) {
    String limit = timeoutJiffies == Long.MAX_VALUE ? "" : " for " + timeoutJiffies + " jiffies";
    add(by, "begins to wait: " + what + limit);
  }

  @Override
  public void waitEnded(Object what, boolean timedOut, Context by) {
    add(by, (timedOut ? "timed out: " : "waited: ") + what);
  }

  @Override
  public void wakeCalled(Object what, Context by) {
    add(by, "wakes who waits: " + what);
  }

  @Override
  public void woken(Task woken, Context by) {
    add(by, "wakes " + woken.comm() + "/" + woken.pid());
  }

  @Override
  public void workQueued(Work work, Workqueue queue, boolean accepted, Context by) {
    add(by, "queues " + work.function().name() + (accepted ? "" : " (pending already)"));
  }

  @Override
  public void workStarted(Work work, Workqueue queue, Context by) {
    add(by, "runs " + work.function().name());
  }

  @Override
  public void workEnded(Work work, Workqueue queue, Context by) {
    add(by, "has run " + work.function().name());
  }

  @Override
  public void workFlushing(Work work, boolean cancels, Context by) {
    add(by, "flushes " + work.function().name());
  }

  @Override
  public void workFlushed(Work work, Context by) {
    add(by, "has flushed " + work.function().name());
  }

  @Override
  public void timerArmed(Timer timer, long expiresJiffies, Context by) {
    add(by, "arms timer " + timer);
  }

  @Override
  public void timerFired(Timer timer, Context by) {
    add(by, "timer " + timer + " fires");
  }

  @Override
  public void timerDeleted(Timer timer, boolean wasPending, boolean synced, Context by) {
    if (wasPending || synced) add(by, "deletes timer " + timer);
  }

  @Override
  public void taskletScheduled(Tasklet tasklet, boolean accepted, Context by) {
    add(by, "schedules a tasklet");
  }

  @Override
  public void irqDelivered(int irq, Context by) {
    add(by, "handles irq " + irq);
  }

  @Override
  public void allocationFailed(String site, int bytes, Gfp gfp, Context by) {
    add(by, "cannot allocate " + site);
  }

  @Override
  public void freed(Allocation allocation, boolean again, Context by) {
    add(by, "frees " + allocation.site() + (again ? " again" : ""));
  }

  @Override
  public void skb(SkBuff skb, SkbEvent event, String where, Context by) {
    add(by, "skb " + skb.id() + " " + words(event) + " " + where);
  }

  private static String words(SkbEvent event) {
    return switch (event) {
      case ALLOCATED -> "allocated from";
      case FREED -> "freed to";
      case FREED_AGAIN -> "freed again to";
      case QUEUED -> "queued on";
      case DEQUEUED -> "taken off";
      case HANDED_OVER -> "handed to";
      case USED_AFTER_FREE -> "used after free:";
    };
  }

  @Override
  public void logged(LogLevel level, String message, Context by) {
    add(by, "logs: " + message);
  }

  @Override
  public void blockedForever(Task task, Object what) {
    String name = task.comm() + "/" + task.pid();
    events.add(new LaneEvent(name, -1, "", "waits forever: " + what));
  }
}
