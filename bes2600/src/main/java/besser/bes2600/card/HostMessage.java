package besser.bes2600.card;

import besser.bes2600.air.Frame;
import besser.bes2600.wire.RxIndication;
import besser.bes2600.wire.WsmHeader;
import java.util.Optional;

/** A message that waits for the host: a receive indication with its frame, or ready bytes. */
final class HostMessage {
  private final byte[] head;
  private final Optional<Frame> frame;
  private final int length;

  private HostMessage(byte[] head, Optional<Frame> frame, int length) {
    this.head = head;
    this.frame = frame;
    this.length = length;
  }

  /** A message whose bytes are complete but for the sequence number. */
  static HostMessage of(byte[] bytes) {
    return new HostMessage(bytes, Optional.empty(), bytes.length);
  }

  /** A receive indication: its 32 bytes and the frame behind them. */
  static HostMessage received(byte[] head, Frame frame) {
    return new HostMessage(head, Optional.of(frame), RxIndication.HEADER_BYTES + frame.length());
  }

  /** Length in bytes, WSM header included. */
  int length() {
    return length;
  }

  /** Whether it holds a receive buffer. */
  boolean isReceived() {
    return frame.isPresent();
  }

  int id() {
    return WsmHeader.id(WsmHeader.rawId(head, 0));
  }

  void write(byte[] to, int at, int sequence) {
    System.arraycopy(head, 0, to, at, head.length);
    WsmHeader.putSequence(to, at, sequence);
    if (frame.isEmpty()) return;
    Frame body = frame.get();
    System.arraycopy(body.bytes(), body.offset(), to, at + head.length, body.length());
  }
}
