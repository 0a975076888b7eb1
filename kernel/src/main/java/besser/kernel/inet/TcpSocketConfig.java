package besser.kernel.inet;

/**
 * A listening TCP socket's settings.
 *
 * @param port local port, 1 to 65,535
 * @param initialBufferBytes {@code tcp_rmem[1]}
 * @param maxBufferBytes {@code tcp_rmem[2]}, what right-sizing may grow the buffer to
 * @param segmentBytes MSS to announce
 */
public record TcpSocketConfig(
    int port, int initialBufferBytes, int maxBufferBytes, int segmentBytes) {
  public TcpSocketConfig {
    if (port < 1 || port > 0xffff) {
      throw new IllegalArgumentException("port must be 1 to 65535, got " + port);
    }
    if (initialBufferBytes < 4096 || maxBufferBytes < initialBufferBytes) {
      throw new IllegalArgumentException(
          "need 4096 <= initial <= maximum buffer bytes, got "
              + initialBufferBytes
              + " and "
              + maxBufferBytes);
    }
    if (segmentBytes < 536 || segmentBytes > 1460) {
      throw new IllegalArgumentException("segment must be 536 to 1460 bytes, got " + segmentBytes);
    }
  }

  /** Linux's defaults on a machine with more than 1 GiB of memory. */
  public static TcpSocketConfig linux(int port) {
    return new TcpSocketConfig(port, 131_072, 6_291_456, 1460);
  }
}
