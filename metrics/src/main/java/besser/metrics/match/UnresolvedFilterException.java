package besser.metrics.match;

/** A filter that cannot be applied to a capture: a field or a symbol it names is not there. */
public final class UnresolvedFilterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is not there, and what is. */
  public UnresolvedFilterException(String message) {
    super(message);
  }
}
