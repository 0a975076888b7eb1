package besser.experiment.verdict;

/** Verdicts for tests of other packages. */
public final class Verdicts {
  private Verdicts() {}

  public static Verdict patchCAsPredicted() {
    return new Scene().verdict();
  }
}
