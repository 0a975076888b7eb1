package besser.kernel.fiber;

/** Unwinds the stack of an abandoned fiber; simulated code must let it pass. */
public final class FiberAbandoned extends Error {
  private static final long serialVersionUID = 1L;

  FiberAbandoned() {
    super("fiber abandoned", null, false, false);
  }
}
