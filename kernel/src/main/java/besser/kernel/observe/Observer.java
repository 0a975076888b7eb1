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

/**
 * Told what happens in a machine while it happens, in the context that does it. Implement what you
 * need. An observer must not call the kernel and must not keep arguments beyond the call except
 * objects of the port ({@code Work}, {@code Task}, …), locks, variables, contexts and call nodes,
 * which live as long as the machine.
 *
 * <p>Objects are compared by identity; those with an {@code id} number them densely.
 */
public interface Observer {

  /** Both observers as one; this one is told first. */
  default Observer and(Observer other) {
    return new ObserverPair(this, other);
  }

  // Tasks and contexts.

  /** A task was created by {@code by}; what {@code by} did before happens before its start. */
  default void taskCreated(Task task, Context by) {}

  /** A task's body has returned. */
  default void taskExited(Context task) {}

  /** {@code by} waited in {@code kthread_stop} for the end of {@code task}. */
  default void taskJoined(Task task, Context by) {}

  /** A CPU goes from one task to another; {@code preempted} when the first could have gone on. */
  default void switched(int cpu, Task from, Task to, boolean preempted) {}

  /** A softirq or hardirq begins on top of what it interrupts. */
  default void contextEntered(Context context, Context interrupted) {}

  /** A softirq or hardirq ends. */
  default void contextLeft(Context context, Context resumed) {}

  // Locks.

  /** About to take a lock, before any waiting. */
  default void lockAcquiring(LockView lock, LockView.Mode mode, Context by) {}

  /** Found it held by another. */
  default void lockContended(LockView lock, Context by) {}

  /** Has taken it; {@code by} tells whether interrupts, BH and preemption are off. */
  default void lockAcquired(LockView lock, LockView.Mode mode, Context by) {}

  /** About to let it go. */
  default void lockReleased(LockView lock, Context by) {}

  // Shared memory.

  /** A shared variable is accessed; {@code by.stack()} is the site. */
  default void accessed(Variable variable, Variable.Access access, Context by) {}

  // Waiting and waking.

  /** A task evaluated a wait queue's condition. */
  default void conditionEvaluated(WaitQueue queue, boolean result, Context by) {}

  /** A task is about to sleep in {@code what}, at most {@code timeoutJiffies}. */
  default void waitBegan(Object what, long timeoutJiffies, Context by) {}

  /** A task has left its wait; {@code timedOut} when nothing but time ended it. */
  default void waitEnded(Object what, boolean timedOut, Context by) {}

  /** {@code wake_up}, {@code complete}, {@code up}: on the object, before any task is woken. */
  default void wakeCalled(Object what, Context by) {}

  /** {@code by} makes {@code woken} runnable, or keeps it from going to sleep. */
  default void woken(Task woken, Context by) {}

  /** {@code complete} or {@code up}: what came before happens before what a waiter does next. */
  default void signalled(Object what, Context by) {}

  /** A waiter consumed a {@code complete} or {@code up}, with or without sleeping. */
  default void signalConsumed(Object what, Context by) {}

  // Deferred work.

  /** {@code queue_work}; {@code accepted} is false when it was pending already. */
  default void workQueued(Work work, Workqueue queue, boolean accepted, Context by) {}

  /** A worker begins to run a work item. */
  default void workStarted(Work work, Workqueue queue, Context by) {}

  /** It has run. */
  default void workEnded(Work work, Workqueue queue, Context by) {}

  /** {@code flush_work}, or {@code cancel_work_sync}, is about to wait for it. */
  default void workFlushing(Work work, boolean cancels, Context by) {}

  /** That wait is over: what the work did happens before. */
  default void workFlushed(Work work, Context by) {}

  /** A pending work item was taken back. */
  default void workCancelled(Work work, Context by) {}

  /** {@code flush_workqueue} is about to wait, or has waited. */
  default void workqueueFlushed(Workqueue queue, boolean done, Context by) {}

  /** {@code mod_timer}. */
  default void timerArmed(Timer timer, long expiresJiffies, Context by) {}

  /** A timer's handler begins. */
  default void timerFired(Timer timer, Context by) {}

  /** A timer's handler has returned. */
  default void timerEnded(Timer timer, Context by) {}

  /** {@code timer_delete}; {@code synced} after {@code timer_delete_sync} has waited. */
  default void timerDeleted(Timer timer, boolean wasPending, boolean synced, Context by) {}

  /** {@code tasklet_schedule}; {@code accepted} is false when it was scheduled already. */
  default void taskletScheduled(Tasklet tasklet, boolean accepted, Context by) {}

  /** A tasklet begins. */
  default void taskletStarted(Tasklet tasklet, Context by) {}

  /** A tasklet has run. */
  default void taskletEnded(Tasklet tasklet, Context by) {}

  /** A softirq was raised on the CPU of {@code by}. */
  default void softirqRaised(int softirq, Context by) {}

  // Interrupts.

  /** {@code request_irq}, {@code enable_irq}: what came before happens before its handler. */
  default void irqArmed(int irq, Context by) {}

  /** A device raised its line; {@code merged} when it was pending already. */
  default void irqRaised(int irq, boolean merged) {}

  /** The handler of a line begins. */
  default void irqDelivered(int irq, Context by) {}

  // Memory and buffers.

  /** Memory was allocated. */
  default void allocated(Allocation allocation, Gfp gfp, Context by) {}

  /** An allocation failed. */
  default void allocationFailed(String site, int bytes, Gfp gfp, Context by) {}

  /** Memory was freed; {@code again} when it had been freed before. */
  default void freed(Allocation allocation, boolean again, Context by) {}

  /** What happened to a socket buffer. */
  enum SkbEvent {
    ALLOCATED,
    FREED,
    /** Freed before: a double free. */
    FREED_AGAIN,
    QUEUED,
    DEQUEUED,
    /** Handed to mac80211 or the stack, which owns it now. */
    HANDED_OVER,
    /** Touched after it was freed. */
    USED_AFTER_FREE
  }

  /** A socket buffer changed hands; {@code where} names the list or the taker. */
  default void skb(SkBuff skb, SkbEvent event, String where, Context by) {}

  // Rules.

  /** A function that may sleep was called; {@code by.inAtomic()} says whether that is a bug. */
  default void mightSleep(KernelFunction where, Context by) {}

  /** A rule of the kernel was broken; the machine goes on where Linux would. */
  default void misused(String rule, Context by) {}

  /** {@code printk}. */
  default void logged(LogLevel level, String message, Context by) {}

  /** {@code WARN_ON}. */
  default void warned(String place, Context by) {}

  /** {@code BUG}: the context dies. */
  default void oopsed(String place, Context by) {}

  /**
   * Nothing is runnable and nothing will happen that could wake this task; told at the end of a run
   * for each task that waits without a timeout, except idle workers and such. For one that waits on
   * a wait queue its condition is evaluated, and announced, just before.
   */
  default void blockedForever(Task task, Object what) {}
}
