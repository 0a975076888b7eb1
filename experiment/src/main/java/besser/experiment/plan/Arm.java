package besser.experiment.plan;

/** One side of the comparison. */
public enum Arm {
  BASELINE,
  PATCHED;

  public String word() {
    return Words.kebab(name());
  }
}
