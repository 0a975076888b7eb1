package besser.bes2600.air;

/** Who learns what became of a frame. */
public interface SendOutcome {
  /** The frame was acknowledged, or given up after its retries or its lifetime. */
  void settled(Frame frame, boolean acknowledged);
}
