package besser.kernel;

import java.util.function.BooleanSupplier;

/**
 * {@code wait_queue_head_t} with the semantics of {@code wait_event}.
 *
 * <p>A condition is evaluated before sleeping, after every {@code prepare_to_wait_event}, and hence
 * again after each wake-up; its side effects happen each time, as in C.
 */
public interface WaitQueue {
  /** {@code wait_event}. */
  void waitEvent(BooleanSupplier condition);

  /**
   * {@code wait_event_timeout}.
   *
   * @param timeoutJiffies in jiffies, or {@link Clock#MAX_SCHEDULE_TIMEOUT}
   * @return 0 when the time ran out with the condition false; 1 when it was true at expiry;
   *     otherwise the jiffies left
   */
  long waitEventTimeout(BooleanSupplier condition, long timeoutJiffies);

  /** {@code wait_event_interruptible_timeout}; no signals are modelled for kernel tasks. */
  long waitEventInterruptibleTimeout(BooleanSupplier condition, long timeoutJiffies);

  /** {@code wait_event_exclusive}: {@code wake_up} wakes one such waiter only. */
  void waitEventExclusive(BooleanSupplier condition);

  /** {@code wake_up}: one exclusive or all non-exclusive waiters. */
  void wakeUp();

  /** {@code wake_up_all}. */
  void wakeUpAll();

  /** {@code waitqueue_active}: whether anyone is queued, read without the lock. */
  boolean isActive();
}
