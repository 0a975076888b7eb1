package besser.bes2600.traffic;

import besser.kernel.inet.Ipv4Address;

/**
 * The stream to the device.
 *
 * @param transport TCP or UDP
 * @param host the sender's address
 * @param device the receiver's address
 * @param port the receiver's port, 1 to 65535
 * @param tcp the sending TCP
 * @param burstBytes depth of the application's token bucket, 1 byte to 1 GiB
 * @param lanDelayNanos one-way delay between host and access point, at least 0
 */
public record TrafficParameters(
    Transport transport,
    Ipv4Address host,
    Ipv4Address device,
    int port,
    TcpParameters tcp,
    long burstBytes,
    long lanDelayNanos) {
  /** Transport protocols. */
  public enum Transport {
    TCP,
    UDP
  }

  public TrafficParameters {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port must be in 1..65535, got " + port);
    }
    if (burstBytes < 1 || burstBytes > 1L << 30) {
      throw new IllegalArgumentException("burst must be in 1..2^30 bytes, got " + burstBytes);
    }
    if (lanDelayNanos < 0) {
      throw new IllegalArgumentException("lan delay must be >= 0 ns, got " + lanDelayNanos);
    }
  }
}
