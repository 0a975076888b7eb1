package besser.trace.format;

/** A print format uses something this library does not render; the event shows its raw fields. */
final class UnsupportedPrintFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  UnsupportedPrintFormatException(String what) {
    super(what);
  }
}
