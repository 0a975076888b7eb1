package besser.kernel.inet;

/** What one TCP socket has counted, in the words of {@code nstat}. */
public final class TcpCounters {
  long segments;
  long outOfOrder;
  long duplicates;
  long outsideWindow;
  long dropped;
  long pruned;
  long acksSent;
  long delayedAcks;
  long windowUpdates;

  TcpCounters() {}

  /** Segments of an established connection. */
  public long segments() {
    return segments;
  }

  /** {@code TCPOFOQueue}: segments that arrived ahead of a gap. */
  public long outOfOrder() {
    return outOfOrder;
  }

  /** Segments whose data had arrived before. */
  public long duplicates() {
    return duplicates;
  }

  /** Segments outside the window. */
  public long outsideWindow() {
    return outsideWindow;
  }

  /** {@code TCPRcvQDrop}: segments for which there was no room. */
  public long dropped() {
    return dropped;
  }

  /** {@code OfoPruned}: out-of-order segments thrown away again. */
  public long pruned() {
    return pruned;
  }

  /** Acknowledgements sent, with SYN-ACKs. */
  public long acksSent() {
    return acksSent;
  }

  /** {@code DelayedACKs}: sent by the timer. */
  public long delayedAcks() {
    return delayedAcks;
  }

  /** Acknowledgements sent because the window had opened. */
  public long windowUpdates() {
    return windowUpdates;
  }
}
