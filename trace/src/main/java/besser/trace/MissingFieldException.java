package besser.trace;

/** An event has no field of the name that was asked for. */
public final class MissingFieldException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  MissingFieldException(String message) {
    super(message);
  }
}
