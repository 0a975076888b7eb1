package besser.kernel.inet;

/** The 8-byte UDP header (RFC 768); its checksum is left zero, which means "none". */
public final class UdpHeader {
  /** Its length in bytes. */
  public static final int BYTES = 8;

  private int sourcePort;
  private int destinationPort;
  private int totalBytes;

  /** Reads the header; false when it is cut short or its length does not fit. */
  public boolean read(byte[] bytes, int at, int available) {
    if (available < BYTES) return false;
    sourcePort = BigEndian.u16(bytes, at);
    destinationPort = BigEndian.u16(bytes, at + 2);
    totalBytes = BigEndian.u16(bytes, at + 4);
    return totalBytes >= BYTES && totalBytes <= available;
  }

  /** Writes the header; returns the offset behind it. */
  public int write(byte[] bytes, int at) {
    BigEndian.putU16(bytes, at, sourcePort);
    BigEndian.putU16(bytes, at + 2, destinationPort);
    BigEndian.putU16(bytes, at + 4, totalBytes);
    BigEndian.putU16(bytes, at + 6, 0);
    return at + BYTES;
  }

  /** Sets every field. */
  public UdpHeader set(int fromPort, int toPort, int payloadBytes) {
    sourcePort = fromPort;
    destinationPort = toPort;
    totalBytes = BYTES + payloadBytes;
    return this;
  }

  /** The sender's port. */
  public int sourcePort() {
    return sourcePort;
  }

  /** The receiver's port. */
  public int destinationPort() {
    return destinationPort;
  }

  /** Bytes behind the header. */
  public int payloadBytes() {
    return totalBytes - BYTES;
  }
}
