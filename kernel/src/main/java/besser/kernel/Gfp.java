package besser.kernel;

/** {@code gfp_t} as far as callers differ. */
public enum Gfp {
  /** May sleep for reclaim. */
  KERNEL,
  /** May not sleep. */
  ATOMIC
}
