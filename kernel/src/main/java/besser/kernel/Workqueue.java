package besser.kernel;

/** {@code struct workqueue_struct}, concurrency managed. */
public interface Workqueue {
  /** Its name, such as {@code bes_sdio}. */
  String name();

  /**
   * Whether its items wait for each other: {@code max_active} is 1, or it has a rescuer, which
   * takes one after the other.
   */
  boolean runsInTurn();

  /** {@code queue_work}: false, and nothing happens, when the work is already pending. */
  boolean queue(Work work);

  /** {@code queue_delayed_work}. */
  boolean queueDelayed(DelayedWork work, long delayJiffies);

  /** {@code mod_delayed_work}: true when it was pending. */
  boolean modDelayed(DelayedWork work, long delayJiffies);

  /** {@code flush_work}: false when it was idle. */
  boolean flush(Work work);

  /** {@code cancel_work_sync}: true when it was pending. */
  boolean cancelSync(Work work);

  /** {@code cancel_delayed_work}: true when it was pending; does not wait for a running one. */
  boolean cancelDelayed(DelayedWork work);

  /** {@code cancel_delayed_work_sync}. */
  boolean cancelDelayedSync(DelayedWork work);

  /** {@code flush_workqueue}. */
  void flushAll();
}
