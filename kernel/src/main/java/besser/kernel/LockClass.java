package besser.kernel;

/**
 * What lockdep calls a lock class: every lock initialised at the same place shares one.
 *
 * @param name the name as the source spells it, such as {@code rx_queue_lock}
 * @param owner the subsystem it belongs to, such as {@code bes2600}, {@code skbuff}, {@code
 *     mac80211}, {@code mmc}, {@code workqueue}
 */
public record LockClass(String name, String owner) {
  public LockClass {
    if (name.isBlank()) throw new IllegalArgumentException("lock class name must not be blank");
    if (owner.isBlank()) throw new IllegalArgumentException("lock class owner must not be blank");
  }
}
