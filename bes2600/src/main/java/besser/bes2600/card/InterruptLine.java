package besser.bes2600.card;

/** The card's interrupt as the SDIO bus carries it: a level. */
@FunctionalInterface
public interface InterruptLine {
  /** Asserts it, or takes it back. */
  void set(boolean asserted);
}
