package besser.kernel;

import besser.kernel.net.Net;
import java.util.Optional;

/**
 * What driver code may call: Linux's in-kernel interfaces, one instance per machine.
 *
 * <p>Code behind this interface runs in exactly one context at a time (task, softirq, hardirq) on
 * one CPU, as on Linux. Blocking calls block the calling task; a call that Linux forbids in the
 * current context is announced to observers, not prevented.
 */
public interface Kernel {

  /**
   * Marks the entry into a kernel or driver function: its own cost is charged to the CPU and, until
   * the frame is closed, time and profile samples on this context belong to it.
   *
   * <pre>{@code try (var _ = kernel.enter(SDIO_RX_WORK)) { ... }}</pre>
   */
  CallFrame enter(KernelFunction function);

  /** {@code spin_lock_init}; the name is the lock's class, the owner its subsystem. */
  SpinLock spinLock(LockClass lockClass);

  /**
   * {@code raw_spin_lock_init}: as {@link #spinLock}, but never a sleeping lock, on PREEMPT_RT
   * neither, so that no {@code spinlock_t} may be taken inside it.
   */
  SpinLock rawSpinLock(LockClass lockClass);

  /** {@code mutex_init}. */
  Mutex mutex(LockClass lockClass);

  /** {@code sema_init} with an initial count. */
  Semaphore semaphore(LockClass lockClass, int count);

  /** {@code init_waitqueue_head}; its lock is of the class given. */
  WaitQueue waitQueue(LockClass lockClass);

  /** {@code init_completion}. */
  Completion completion(String name);

  /** {@code alloc_workqueue(name, flags, max_active)}; max_active 0 is the default. */
  Workqueue allocWorkqueue(String name, int maxActive, WorkqueueFlag... flags);

  /** {@code system_wq}: bound, default max_active. */
  Workqueue systemWq();

  /** {@code system_bh_wq}, since Linux 6.9: runs its items in softirq on the CPU that queues. */
  Workqueue systemBhWq();

  /** {@code INIT_WORK}: the function is the one that tracepoints and profiles name. */
  Work work(KernelFunction function, Runnable body);

  /** {@code INIT_DELAYED_WORK}. */
  DelayedWork delayedWork(KernelFunction function, Runnable body);

  /** {@code timer_setup}: the body runs in the timer softirq. */
  Timer timer(KernelFunction function, Runnable body);

  /** {@code tasklet_setup}. */
  Tasklet tasklet(KernelFunction function, Runnable body);

  /** {@code kthread_run}. */
  Task kthread(String name, KernelFunction function, Runnable body);

  /** An {@code atomic_t}. */
  AtomicInt atomic(String name, int initial);

  /** A plain {@code int} in shared memory; every access is visible to observers. */
  SharedInt sharedInt(String name, int initial);

  /** A plain {@code long} in shared memory. */
  SharedLong sharedLong(String name, long initial);

  /** A plain pointer in shared memory. */
  <T> SharedRef<T> sharedRef(String name, Optional<T> initial);

  /** Time and sleeping. */
  Clock clock();

  /** Memory allocation and copying, with their costs and failures. */
  Memory memory();

  /** Socket buffers. */
  Net net();

  /** The task running on this CPU, or the one interrupted. */
  Task current();

  /** The CPU this code runs on. */
  int smpProcessorId();

  /** {@code local_bh_disable}. */
  void localBhDisable();

  /** {@code local_bh_enable}: runs pending softirqs when the count reaches zero. */
  void localBhEnable();

  /** {@code local_irq_save}; nests. */
  void localIrqSave();

  /** {@code local_irq_restore}. */
  void localIrqRestore();

  /** {@code printk} at a level; the text is the message without the prefix. */
  void printk(LogLevel level, String message);

  /** {@code WARN_ON(1)}: logs the place and counts it; execution goes on. */
  void warn(String place);

  /** {@code BUG_ON}: the context that hits it dies, and the machine reports an oops. */
  void bug(String place);
}
