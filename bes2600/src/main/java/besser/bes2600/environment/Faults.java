package besser.bes2600.environment;

/** Answers whether a fault occurs here and now. */
@FunctionalInterface
public interface Faults {
  /** Nothing ever goes wrong. */
  Faults NONE = kind -> false;

  /** Asked at each occasion for it: each interrupt, each transfer, each frame. */
  boolean occurs(FaultKind kind);
}
