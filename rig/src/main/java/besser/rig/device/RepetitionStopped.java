package besser.rig.device;

/** A repetition was given up because the operator asked for it; nothing of it counts. */
public final class RepetitionStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The operator stopped it. */
  public RepetitionStopped() {
    super("stopped by the operator");
  }
}
