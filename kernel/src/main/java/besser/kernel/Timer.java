package besser.kernel;

/** {@code struct timer_list}: fires in the timer softirq of the CPU that armed it. */
public interface Timer {
  /**
   * {@code mod_timer}.
   *
   * @param expiresJiffies absolute, in jiffies
   * @return whether it was pending
   */
  boolean mod(long expiresJiffies);

  /** {@code timer_delete}: whether it was pending. */
  boolean delete();

  /** {@code timer_delete_sync}: also waits until the handler has finished on every CPU. */
  boolean deleteSync();

  /** {@code timer_pending}. */
  boolean isPending();
}
