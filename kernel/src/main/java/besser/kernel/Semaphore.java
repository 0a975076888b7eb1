package besser.kernel;

/** {@code struct semaphore}: {@code up} may come from any context and any task. */
public interface Semaphore {
  /** {@code down}. */
  void down();

  /** {@code down_trylock}, with the sense of {@code tryLock}: true when it was taken. */
  boolean tryDown();

  /** {@code up}. */
  void up();
}
