package besser.kernel.inet;

/**
 * The 20-byte IPv4 header (RFC 791) without options or fragments; its checksum is left zero.
 *
 * <p>Mutable, so that one instance serves every packet of a path.
 */
public final class Ipv4Header {
  /** Its length in bytes. */
  public static final int BYTES = 20;

  /** EtherType of IPv4. */
  public static final int ETHER_TYPE = 0x0800;

  /** Protocol number of TCP. */
  public static final int TCP = 6;

  /** Protocol number of UDP. */
  public static final int UDP = 17;

  private static final int DONT_FRAGMENT = 0x4000;

  private int totalBytes;
  private int protocol;
  private int source;
  private int destination;

  /**
   * Reads the header.
   *
   * @return false when it is not a whole IPv4 header, or its length does not fit {@code available}
   */
  public boolean read(byte[] bytes, int at, int available) {
    if (available < BYTES || bytes[at] != 0x45) return false;
    totalBytes = BigEndian.u16(bytes, at + 2);
    protocol = bytes[at + 9] & 0xff;
    source = BigEndian.i32(bytes, at + 12);
    destination = BigEndian.i32(bytes, at + 16);
    return totalBytes >= BYTES && totalBytes <= available;
  }

  /** Writes the header; returns the offset behind it. */
  public int write(byte[] bytes, int at) {
    bytes[at] = 0x45;
    bytes[at + 1] = 0;
    BigEndian.putU16(bytes, at + 2, totalBytes);
    BigEndian.putU16(bytes, at + 4, 0);
    BigEndian.putU16(bytes, at + 6, DONT_FRAGMENT);
    bytes[at + 8] = 64;
    bytes[at + 9] = (byte) protocol;
    BigEndian.putU16(bytes, at + 10, 0);
    BigEndian.putI32(bytes, at + 12, source);
    BigEndian.putI32(bytes, at + 16, destination);
    return at + BYTES;
  }

  /** From whom to whom. */
  public Ipv4Header route(Ipv4Address from, Ipv4Address to) {
    source = from.bits();
    destination = to.bits();
    return this;
  }

  /** What it carries: {@link #TCP} or {@link #UDP}, and how many bytes of it. */
  public Ipv4Header payload(int protocolNumber, int payloadBytes) {
    protocol = protocolNumber;
    totalBytes = BYTES + payloadBytes;
    return this;
  }

  /** Header and payload, in bytes. */
  public int totalBytes() {
    return totalBytes;
  }

  /** What it carries. */
  public int protocol() {
    return protocol;
  }

  /** The sender's address. */
  public Ipv4Address source() {
    return new Ipv4Address(source);
  }

  /** The receiver's address. */
  public Ipv4Address destination() {
    return new Ipv4Address(destination);
  }

  /** Whether it is addressed to this host, without making an object. */
  public boolean isFor(Ipv4Address address) {
    return destination == address.bits();
  }
}
