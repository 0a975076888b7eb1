package besser.check.explore;

/** Ends a run that asks more choices than a run may. */
public final class StepsExhausted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** More than {@code limit} choices were asked. */
  public StepsExhausted(int limit) {
    super("more than " + limit + " choices", null, false, false);
  }
}
