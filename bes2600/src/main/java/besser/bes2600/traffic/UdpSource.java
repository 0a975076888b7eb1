package besser.bes2600.traffic;

import besser.bes2600.environment.Environment;
import besser.kernel.inet.Ipv4Header;
import besser.kernel.inet.UdpHeader;
import java.util.function.Consumer;

/** Datagrams at a constant rate, evenly spaced, whatever becomes of them. */
public final class UdpSource {
  private static final int SOURCE_PORT = 40_000;

  private final Environment environment;
  private final TrafficParameters parameters;
  private final Consumer<byte[]> wire;
  private final Ipv4Header ip = new Ipv4Header();
  private final UdpHeader udp = new UdpHeader();
  private final Runnable due = this::due;
  private long gapNanos;
  private boolean pending;
  private long sentBytes;

  UdpSource(Environment environment, TrafficParameters parameters, Consumer<byte[]> wire) {
    this.environment = environment;
    this.parameters = parameters;
    this.wire = wire;
  }

  void setRate(long bytesPerSecond) {
    gapNanos = bytesPerSecond == 0 ? 0 : payloadBytes() * 1_000_000_000L / bytesPerSecond;
    schedule();
  }

  private void schedule() {
    if (pending || gapNanos == 0) return;
    pending = true;
    environment.after(gapNanos, due);
  }

  private void due() {
    pending = false;
    if (gapNanos == 0) return;
    int datagram = UdpHeader.BYTES + payloadBytes();
    byte[] packet = new byte[Ipv4Header.BYTES + datagram];
    ip.route(parameters.host(), parameters.device()).payload(Ipv4Header.UDP, datagram);
    udp.set(SOURCE_PORT, parameters.port(), payloadBytes()).write(packet, ip.write(packet, 0));
    sentBytes += payloadBytes();
    wire.accept(packet);
    schedule();
  }

  private int payloadBytes() {
    return parameters.tcp().segmentBytes();
  }

  /** Payload bytes sent so far. */
  public long sentBytes() {
    return sentBytes;
  }
}
