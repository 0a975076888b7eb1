package besser.rig.traffic;

import java.time.Duration;

/**
 * The load of one step.
 *
 * @param name of the step, for messages
 * @param transport TCP or UDP
 * @param bytesPerSecond the cap: payload bytes a second, from 1000 to 12.5 GB/s
 * @param duration how long, up to a day; the load never lasts longer
 * @param trafficClass the IP header's DSCP and ECN byte, 0 to 255 (0xb8 is voice: DSCP EF)
 * @param datagramBytes payload of one UDP datagram and granularity of TCP writes, 64 to 65507
 */
public record TrafficStep(
    String name,
    Transport transport,
    double bytesPerSecond,
    Duration duration,
    int trafficClass,
    int datagramBytes) {
  /** Fits an Ethernet frame under IPv4 and IPv6, and is the usual TCP segment with timestamps. */
  public static final int DATAGRAM_BYTES = 1428;

  static final int LEAST_DATAGRAM_BYTES = 64;
  private static final int MOST_DATAGRAM_BYTES = 65_507;
  private static final double LEAST_RATE = 1000;
  private static final double MOST_RATE = 12.5e9;

  public TrafficStep {
    if (!(bytesPerSecond >= LEAST_RATE && bytesPerSecond <= MOST_RATE)) {
      throw new IllegalArgumentException(
          "rate of step %s must be 1000 B/s to 12.5 GB/s, got %s B/s"
              .formatted(name, bytesPerSecond));
    }
    if (!duration.isPositive() || duration.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "duration of step %s must be > 0 s and <= 24 h, got %s".formatted(name, duration));
    }
    if (trafficClass < 0 || trafficClass > 255) {
      throw new IllegalArgumentException("traffic class must be 0 to 255, got " + trafficClass);
    }
    if (datagramBytes < LEAST_DATAGRAM_BYTES || datagramBytes > MOST_DATAGRAM_BYTES) {
      throw new IllegalArgumentException(
          "datagrams must have %d to %d bytes, got %d"
              .formatted(LEAST_DATAGRAM_BYTES, MOST_DATAGRAM_BYTES, datagramBytes));
    }
  }

  /** Best effort, in datagrams or writes of the usual size. */
  public static TrafficStep of(
      String name, Transport transport, double bytesPerSecond, Duration duration) {
    return new TrafficStep(name, transport, bytesPerSecond, duration, 0, DATAGRAM_BYTES);
  }

  /** The same load in another class. */
  public TrafficStep withTrafficClass(int other) {
    return new TrafficStep(name, transport, bytesPerSecond, duration, other, datagramBytes);
  }

  /** The same load in datagrams of another size. */
  public TrafficStep withDatagramBytes(int other) {
    return new TrafficStep(name, transport, bytesPerSecond, duration, trafficClass, other);
  }

  /** How long, in seconds. */
  public double seconds() {
    return duration.toNanos() / 1e9;
  }

  /** What the whole step is to offer, in bytes; for UDP in whole datagrams, at least one. */
  public long wantedBytes() {
    double bytes = bytesPerSecond * seconds();
    return switch (transport) {
      case TCP -> Math.max(1, Math.round(bytes));
      case UDP -> Math.max(1, Math.round(bytes / datagramBytes)) * datagramBytes;
    };
  }
}
