package besser.bes2600.traffic;

import besser.bes2600.environment.Environment;
import java.util.ArrayDeque;

/** A wire of constant delay: packets leave it in the order in which they came. */
final class PacketDelay {
  /** Where packets go. */
  interface Sink {
    void packet(byte[] bytes, int length);
  }

  private final Environment environment;
  private final long delayNanos;
  private final Sink sink;
  private final ArrayDeque<byte[]> underWay = new ArrayDeque<>();
  private final Runnable arrival = this::arrival;

  PacketDelay(Environment environment, long delayNanos, Sink sink) {
    if (delayNanos < 0) {
      throw new IllegalArgumentException("delay must be >= 0 ns, got " + delayNanos);
    }
    this.environment = environment;
    this.delayNanos = delayNanos;
    this.sink = sink;
  }

  void send(byte[] packet) {
    underWay.add(packet);
    environment.after(delayNanos, arrival);
  }

  private void arrival() {
    byte[] packet = underWay.remove();
    sink.packet(packet, packet.length);
  }
}
