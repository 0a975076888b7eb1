package besser.kernel.observe;

import besser.kernel.LockClass;

/** A lock as observers see it, whatever its kind. */
public interface LockView {
  /** What kinds of lock there are. */
  enum Kind {
    /** {@code spinlock_t} of a driver or subsystem. */
    SPIN,
    /** {@code raw_spinlock_t}; the kernel core's are held for one straight section. */
    RAW_SPIN,
    /** {@code struct mutex}. */
    MUTEX,
    /** {@code struct semaphore}. */
    SEMAPHORE
  }

  /** How it is taken. */
  enum Mode {
    /** {@code spin_lock}, {@code mutex_lock}, {@code down}. */
    PLAIN,
    /** {@code spin_lock_bh}. */
    BH,
    /** {@code spin_lock_irq}. */
    IRQ,
    /** {@code spin_lock_irqsave}. */
    IRQSAVE,
    /** {@code spin_trylock}, {@code mutex_trylock}, {@code down_trylock}, when it succeeds. */
    TRY
  }

  /** Its class. */
  LockClass lockClass();

  /** Its kind. */
  Kind lockKind();

  /** Dense number from 0, unique in its machine. */
  int lockId();
}
