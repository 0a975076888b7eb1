package besser.check.canary;

import besser.kernel.KernelFunction;
import besser.kernel.LockClass;

/** The functions and locks of the little drivers. */
final class Code {
  static final KernelFunction PROBE = function("toy_probe");
  static final KernelFunction READER = function("toy_read");
  static final KernelFunction WRITER = function("toy_write");
  static final KernelFunction COUNT = function("toy_count");
  static final KernelFunction IRQ = function("toy_irq");
  static final KernelFunction IRQ_THREAD = function("toy_irq_thread");
  static final KernelFunction WORK = function("toy_work");
  static final KernelFunction TIMER = function("toy_timer");
  static final KernelFunction TASKLET = function("toy_tasklet");
  static final KernelFunction REMOVE = function("toy_remove");

  static final LockClass LOCK = new LockClass("toy->lock", "toy");
  static final LockClass OTHER_LOCK = new LockClass("toy->queue_lock", "toy");
  static final LockClass MUTEX = new LockClass("toy->mutex", "toy");
  static final LockClass WAIT = new LockClass("toy->wait", "toy");

  static final int IRQ_NUMBER = 40;

  private Code() {}

  private static KernelFunction function(String name) {
    return KernelFunction.of("toy", name);
  }
}
