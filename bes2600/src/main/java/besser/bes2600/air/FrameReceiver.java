package besser.bes2600.air;

/** The receiving end of a block acknowledgement agreement. */
public interface FrameReceiver {
  /**
   * A frame was decoded.
   *
   * @return whether there was a buffer for it; without one it is not acknowledged
   */
  boolean receive(Frame frame);

  /** The sender gave up all frames before {@code index}: a block ack request. */
  void skipTo(long index);
}
