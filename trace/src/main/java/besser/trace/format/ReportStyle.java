package besser.trace.format;

/** Which tool's text is matched; they differ in few places. */
public enum ReportStyle {
  /**
   * trace-cmd 3.1 with libtraceevent 1.7: the interrupt and preemption state is not shown, and
   * sched_switch names task states by a fixed list, in which the idle state is {@code W}.
   */
  TRACE_CMD_3_1,
  /**
   * trace-cmd 3.3 with libtraceevent 1.8: the state is shown, task states are named as declared.
   */
  TRACE_CMD_3_3,
  /**
   * As {@link #TRACE_CMD_3_3}, but where libtraceevent misreads a print format (parentheses around
   * a weaker operator) by what the kernel declares.
   */
  AS_DECLARED
}
