package besser.bes2600.air;

/**
 * An 802.11 frame on its way over the air: header and body without FCS and CCMP fields.
 *
 * <p>Belongs to one {@link BlockAckSender} at a time, which keeps its retry state here.
 */
public final class Frame {
  private final byte[] bytes;
  private final int offset;
  private final int length;
  private final int cookie;

  // The position in the sender's order; what the 12-bit sequence number stands for.
  long index;
  long enqueuedNanos;
  long airtimeNanos;
  int failures;
  boolean settled;
  boolean arrived;
  // Whether the attempt in flight loses it.
  boolean lost;

  /** A frame in {@code length} bytes of {@code bytes} from {@code offset}; they are not copied. */
  public Frame(byte[] bytes, int offset, int length) {
    this(bytes, offset, length, 0);
  }

  /** The same, with a number by which its owner knows it again. */
  public Frame(byte[] bytes, int offset, int length, int cookie) {
    if (offset < 0 || length < 0 || offset + length > bytes.length) {
      throw new IllegalArgumentException(
          "frame must lie in its " + bytes.length + " bytes, got " + offset + " + " + length);
    }
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
    this.cookie = cookie;
  }

  /** The array that holds it. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where it starts in {@link #bytes()}. */
  public int offset() {
    return offset;
  }

  /** Its length in bytes. */
  public int length() {
    return length;
  }

  /** Its owner's number for it. */
  public int cookie() {
    return cookie;
  }

  /** Attempts that were not acknowledged. */
  public int failures() {
    return failures;
  }

  /** When its sender took it, in nanoseconds. */
  public long enqueuedNanos() {
    return enqueuedNanos;
  }

  /** Airtime of the exchanges it was part of, in nanoseconds. */
  public long airtimeNanos() {
    return airtimeNanos;
  }
}
