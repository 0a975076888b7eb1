package besser.kernel.observe;

import besser.kernel.Task;

/** Where and when a record is emitted; the machine answers. */
public interface TraceSource {
  /** Nanoseconds since boot, as the running CPU sees it. */
  long timeNanos();

  /** The running CPU. */
  int cpu();

  /** Its task. */
  Task task();

  /** {@link TraceRecord#prio} of that task. */
  int prio();

  /** {@link TraceRecord#flags}. */
  int flags();

  /** {@link TraceRecord#preemptCount}. */
  int preemptCount();

  /** The innermost function. */
  CallNode stack();
}
