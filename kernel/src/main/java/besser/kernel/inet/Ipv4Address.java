package besser.kernel.inet;

/**
 * An IPv4 address.
 *
 * @param bits its 32 bits, the first octet highest
 */
public record Ipv4Address(int bits) {
  /** From four octets, each 0 to 255. */
  public static Ipv4Address of(int a, int b, int c, int d) {
    if (((a | b | c | d) & ~0xff) != 0) {
      throw new IllegalArgumentException(
          "octets must be 0 to 255, got " + a + "." + b + "." + c + "." + d);
    }
    return new Ipv4Address(a << 24 | b << 16 | c << 8 | d);
  }

  @Override
  public String toString() {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 255)
        + "."
        + (bits >>> 8 & 255)
        + "."
        + (bits & 255);
  }
}
