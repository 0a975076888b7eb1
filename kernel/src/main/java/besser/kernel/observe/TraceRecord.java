package besser.kernel.observe;

/**
 * One event as a listener sees it. A flyweight: valid during the call only. Fields are numbered as
 * {@link Tracepoint#fields} lists them.
 */
public interface TraceRecord {
  /** Which event. */
  Tracepoint tracepoint();

  /** Nanoseconds since boot on the CPU that emits it. */
  long timeNanos();

  /** The CPU. */
  int cpu();

  /** {@code common_pid}: the task, or the one interrupted; 0 is idle. */
  int pid();

  /** The task's command name. */
  String comm();

  /** The task's kernel priority: 120 + nice, or 99 - rt priority. */
  int prio();

  /** {@code common_flags}: 0x01 irqs off, 0x04 need resched, 0x08 hardirq, 0x10 softirq. */
  int flags();

  /** {@code common_preempt_count}. */
  int preemptCount();

  /** The innermost function where it was emitted. */
  CallNode stack();

  /** A number or pointer field. */
  long number(int field);

  /** A text field. */
  String text(int field);
}
