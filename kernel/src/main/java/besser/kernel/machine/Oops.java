package besser.kernel.machine;

/** Unwinds the context that hit a {@code BUG}. */
final class Oops extends Error {
  private static final long serialVersionUID = 1L;

  Oops(String place) {
    super("kernel BUG at " + place, null, false, false);
  }
}
