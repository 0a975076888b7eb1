package besser.bes2600.traffic;

import besser.bes2600.environment.Environment;
import besser.kernel.inet.Ipv4Header;
import besser.kernel.inet.TcpHeader;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The sending end of one TCP connection as packets: handshake (RFC 9293), window scale and
 * timestamps (RFC 7323), SACK (RFC 2018), around a {@link TcpSender}.
 */
public final class TcpConnection {
  private static final int SOURCE_PORT = 40_000;
  private static final int INITIAL_SEQUENCE = 1_000;
  private static final int TIMESTAMP_BYTES = 12;
  private static final long SYN_RETRY_NANOS = 1_000_000_000;

  private final Environment environment;
  private final TrafficParameters parameters;
  private final RateCap application;
  private final Consumer<byte[]> wire;
  private final Ipv4Header ip = new Ipv4Header();
  private final TcpHeader header = new TcpHeader();
  private Optional<TcpSender> sender = Optional.empty();
  private boolean reset;
  private int peerSequence;
  private int peerWindowScale;
  private int peerTimestamp;

  TcpConnection(
      Environment environment,
      TrafficParameters parameters,
      RateCap application,
      Consumer<byte[]> wire) {
    this.environment = environment;
    this.parameters = parameters;
    this.application = application;
    this.wire = wire;
  }

  void connect() {
    if (sender.isPresent()) return;
    header.clear().ports(SOURCE_PORT, parameters.port()).flag(TcpHeader.SYN);
    header.sequence(INITIAL_SEQUENCE).window(65_535);
    header.synOptions(segmentBytes() + TIMESTAMP_BYTES, 7).timestamp(timestampNow(), 0);
    emit(0);
    environment.after(SYN_RETRY_NANOS, this::connect);
  }

  void applicationChanged() {
    sender.ifPresent(TcpSender::start);
  }

  void received(TcpHeader segment) {
    if (segment.has(TcpHeader.RST)) reset = true;
    if (reset || !segment.has(TcpHeader.ACK)) return;
    if (segment.hasTimestamp()) peerTimestamp = segment.timestampValue();
    if (segment.has(TcpHeader.SYN)) {
      established(segment);
    } else {
      sender.ifPresent(s -> acknowledged(s, segment));
    }
  }

  private void established(TcpHeader synAck) {
    peerSequence = synAck.sequence() + 1;
    peerWindowScale = Math.max(0, synAck.windowScale());
    if (sender.isPresent()) return;
    // The window of a SYN is never scaled, RFC 7323 section 2.2.
    TcpSender opened =
        new TcpSender(
            environment, parameters.tcp(), application, synAck.window(), this::sendSegment);
    sender = Optional.of(opened);
    header.clear().ports(SOURCE_PORT, parameters.port()).window(65_535);
    header.sequence(sequenceOf(0)).acknowledge(peerSequence);
    header.timestamp(timestampNow(), peerTimestamp);
    emit(0);
    opened.start();
  }

  private void acknowledged(TcpSender to, TcpHeader segment) {
    for (int i = 0; i < segment.sackBlocks(); i++) {
      // Partial segments at the edges of a block are not counted as received.
      to.selectivelyAcknowledged(
          segmentAtOrAfter(to, segment.sackStart(i)), segmentBefore(to, segment.sackEnd(i)));
    }
    long window = (long) segment.window() << peerWindowScale;
    to.acknowledged(segmentBefore(to, segment.acknowledgement()), window);
  }

  private void sendSegment(long number, boolean again) {
    header.clear().ports(SOURCE_PORT, parameters.port()).window(65_535);
    header.sequence(sequenceOf(number)).acknowledge(peerSequence);
    header.timestamp(timestampNow(), peerTimestamp);
    // As tcp_push does: the last segment of what the application has written.
    if ((number + 2) * segmentBytes() > writtenBytes()) header.flag(TcpHeader.PSH);
    emit(segmentBytes());
  }

  private void emit(int payloadBytes) {
    int tcpBytes = header.encodedBytes() + payloadBytes;
    byte[] packet = new byte[Ipv4Header.BYTES + tcpBytes];
    ip.route(parameters.host(), parameters.device()).payload(Ipv4Header.TCP, tcpBytes);
    header.write(packet, ip.write(packet, 0));
    wire.accept(packet);
  }

  // Sequence numbers wrap after 2^32 bytes; the nearest to what is unacknowledged is meant.
  private long segmentBefore(TcpSender to, int sequence) {
    return Math.floorDiv(streamOffset(to, sequence), segmentBytes());
  }

  private long segmentAtOrAfter(TcpSender to, int sequence) {
    return Math.ceilDiv(streamOffset(to, sequence), segmentBytes());
  }

  private long streamOffset(TcpSender to, int sequence) {
    long base = to.acknowledgedBytes();
    return base + (sequence - (int) (base + INITIAL_SEQUENCE + 1));
  }

  private int sequenceOf(long number) {
    return (int) (INITIAL_SEQUENCE + 1 + number * segmentBytes());
  }

  private int timestampNow() {
    return (int) (environment.nowNanos() / 1_000_000);
  }

  private int segmentBytes() {
    return parameters.tcp().segmentBytes();
  }

  /** The sender, once the handshake is done. */
  public Optional<TcpSender> sender() {
    return sender;
  }

  /** Whether the peer reset the connection. */
  public boolean isReset() {
    return reset;
  }

  long writtenBytes() {
    return sender.map(TcpSender::writtenBytes).orElse(0L);
  }
}
