package besser.check.explore;

/** Told how a search gets on, by the thread that asked for it. */
@FunctionalInterface
public interface SearchProgress {
  /** Nobody wants to know. */
  SearchProgress SILENT = (schedules, findings) -> {};

  /** So many runs are done, which had so many different findings. */
  void at(long schedules, int findings);

  /** Whether to end the search before its budget is used up; asked by every worker. */
  default boolean stopRequested() {
    return false;
  }
}
