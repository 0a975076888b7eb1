package besser.cli;

/** What the user gave cannot be used; the message says why, and the next step. */
final class BadInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadInput(String message) {
    super(message);
  }
}
