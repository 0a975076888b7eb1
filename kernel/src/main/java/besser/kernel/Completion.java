package besser.kernel;

/** {@code struct completion}. */
public interface Completion {
  /** {@code complete}. */
  void complete();

  /** {@code complete_all}. */
  void completeAll();

  /** {@code reinit_completion}. */
  void reinit();

  /** {@code wait_for_completion}. */
  void await();

  /**
   * {@code wait_for_completion_timeout}.
   *
   * @return 0 when the time ran out, otherwise at least 1: the jiffies left
   */
  long awaitTimeout(long timeoutJiffies);

  /** {@code completion_done}. */
  boolean isDone();
}
