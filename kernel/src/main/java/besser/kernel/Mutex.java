package besser.kernel;

/** {@code struct mutex}: sleeping, not recursive, owned by a task. */
public interface Mutex {
  /** {@code mutex_lock}. */
  void lock();

  /** {@code mutex_unlock}. */
  void unlock();

  /** {@code mutex_trylock}. */
  boolean tryLock();

  /** {@code mutex_is_locked}. */
  boolean isLocked();
}
