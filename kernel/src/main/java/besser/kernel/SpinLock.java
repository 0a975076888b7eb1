package besser.kernel;

/** {@code spinlock_t}, in its three forms. Interrupt state is saved and restored as Linux does. */
public interface SpinLock {
  /** {@code spin_lock}. */
  void lock();

  /** {@code spin_unlock}. */
  void unlock();

  /** {@code spin_lock_bh}. */
  void lockBh();

  /** {@code spin_unlock_bh}: pending softirqs run here when nothing else holds them off. */
  void unlockBh();

  /**
   * {@code spin_lock_irqsave}; the saved flags are kept with the lock, whose only holder we are.
   */
  void lockIrqsave();

  /** {@code spin_unlock_irqrestore}. */
  void unlockIrqrestore();

  /** {@code spin_trylock}. */
  boolean tryLock();

  /** {@code lockdep_is_held}: whether the current context holds it. */
  boolean isHeld();

  /** Its lock class. */
  LockClass lockClass();
}
