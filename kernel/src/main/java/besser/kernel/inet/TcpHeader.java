package besser.kernel.inet;

/**
 * A TCP header (RFC 9293) with the options that Linux uses: maximum segment size, window scale,
 * SACK permitted and SACK blocks (RFC 2018), timestamps (RFC 7323). The checksum is left zero.
 *
 * <p>Mutable, so that one instance serves every segment of a path: {@link #clear}, set, {@link
 * #write}; or {@link #read} and ask. Sequence numbers are the 32 bits of the wire; compare them by
 * {@link #before}.
 */
public final class TcpHeader {
  /** The header without options, in bytes. */
  public static final int MIN_BYTES = 20;

  public static final int FIN = 0x01;
  public static final int SYN = 0x02;
  public static final int RST = 0x04;
  public static final int PSH = 0x08;
  public static final int ACK = 0x10;

  /** SACK blocks that fit beside a timestamp. */
  public static final int MAX_SACK_BLOCKS = 3;

  private static final int OPTION_END = 0;
  private static final int OPTION_NOP = 1;
  private static final int OPTION_MSS = 2;
  private static final int OPTION_WINDOW_SCALE = 3;
  private static final int OPTION_SACK_PERMITTED = 4;
  private static final int OPTION_SACK = 5;
  private static final int OPTION_TIMESTAMP = 8;

  private int sourcePort;
  private int destinationPort;
  private int sequence;
  private int acknowledgement;
  private int flags;
  private int window;
  private int headerBytes = MIN_BYTES;
  private int maximumSegmentBytes;
  private int windowScale = -1;
  private boolean sackPermitted;
  private boolean timestamp;
  private int timestampValue;
  private int timestampEcho;
  private int sackBlocks;
  private final int[] sackStart = new int[MAX_SACK_BLOCKS + 1];
  private final int[] sackEnd = new int[MAX_SACK_BLOCKS + 1];

  /** Whether sequence number {@code a} comes before {@code b}, modulo 2^32. */
  public static boolean before(int a, int b) {
    return a - b < 0;
  }

  /** Back to a header without options or flags. */
  public TcpHeader clear() {
    flags = 0;
    sequence = 0;
    acknowledgement = 0;
    window = 0;
    clearOptions();
    return this;
  }

  private void clearOptions() {
    maximumSegmentBytes = 0;
    windowScale = -1;
    sackPermitted = false;
    timestamp = false;
    sackBlocks = 0;
  }

  /** Reads header and options; false when they are cut short or inconsistent. */
  public boolean read(byte[] bytes, int at, int available) {
    if (available < MIN_BYTES) return false;
    headerBytes = (bytes[at + 12] >> 4 & 0xf) * 4;
    if (headerBytes < MIN_BYTES || headerBytes > available) return false;
    sourcePort = BigEndian.u16(bytes, at);
    destinationPort = BigEndian.u16(bytes, at + 2);
    sequence = BigEndian.i32(bytes, at + 4);
    acknowledgement = BigEndian.i32(bytes, at + 8);
    flags = bytes[at + 13] & 0xff;
    window = BigEndian.u16(bytes, at + 14);
    clearOptions();
    return readOptions(bytes, at + MIN_BYTES, at + headerBytes);
  }

  private boolean readOptions(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end) {
      int kind = bytes[at];
      if (kind == OPTION_END) return true;
      if (kind == OPTION_NOP) {
        at++;
        continue;
      }
      if (at + 2 > end) return false;
      int length = bytes[at + 1] & 0xff;
      if (length < 2 || at + length > end) return false;
      readOption(bytes, at, kind, length);
      at += length;
    }
    return true;
  }

  private void readOption(byte[] bytes, int at, int kind, int length) {
    switch (kind) {
      case OPTION_MSS -> maximumSegmentBytes = length == 4 ? BigEndian.u16(bytes, at + 2) : 0;
      case OPTION_WINDOW_SCALE -> windowScale = length == 3 ? bytes[at + 2] : -1;
      case OPTION_SACK_PERMITTED -> sackPermitted = true;
      case OPTION_TIMESTAMP -> {
        if (length != 10) return;
        timestamp = true;
        timestampValue = BigEndian.i32(bytes, at + 2);
        timestampEcho = BigEndian.i32(bytes, at + 6);
      }
      case OPTION_SACK -> {
        sackBlocks = Math.min((length - 2) / 8, sackStart.length);
        for (int i = 0; i < sackBlocks; i++) {
          sackStart[i] = BigEndian.i32(bytes, at + 2 + 8 * i);
          sackEnd[i] = BigEndian.i32(bytes, at + 6 + 8 * i);
        }
      }
      default -> {} // other options are skipped, as RFC 9293 section 3.1 asks
    }
  }

  /** The header's length with the options now set, in bytes, a multiple of 4. */
  public int encodedBytes() {
    int options = 0;
    if (maximumSegmentBytes > 0) options += 4;
    if (sackPermitted && !timestamp) options += 4;
    if (timestamp) options += 12;
    if (windowScale >= 0) options += 4;
    if (sackBlocks > 0) options += 4 + 8 * sackBlocks;
    return MIN_BYTES + options;
  }

  /** Writes header and options; returns the offset behind them. */
  public int write(byte[] bytes, int at) {
    headerBytes = encodedBytes();
    BigEndian.putU16(bytes, at, sourcePort);
    BigEndian.putU16(bytes, at + 2, destinationPort);
    BigEndian.putI32(bytes, at + 4, sequence);
    BigEndian.putI32(bytes, at + 8, acknowledgement);
    bytes[at + 12] = (byte) ((headerBytes / 4) << 4);
    bytes[at + 13] = (byte) flags;
    BigEndian.putU16(bytes, at + 14, window);
    BigEndian.putI32(bytes, at + 16, 0);
    writeOptions(bytes, at + MIN_BYTES);
    return at + headerBytes;
  }

  private void writeOptions(byte[] bytes, int from) {
    int at = from;
    if (maximumSegmentBytes > 0) {
      BigEndian.putI32(bytes, at, OPTION_MSS << 24 | 4 << 16 | maximumSegmentBytes);
      at += 4;
    }
    if (timestamp) {
      int pad = sackPermitted ? OPTION_SACK_PERMITTED << 8 | 2 : OPTION_NOP << 8 | OPTION_NOP;
      BigEndian.putI32(bytes, at, pad << 16 | OPTION_TIMESTAMP << 8 | 10);
      BigEndian.putI32(bytes, at + 4, timestampValue);
      BigEndian.putI32(bytes, at + 8, timestampEcho);
      at += 12;
    } else if (sackPermitted) {
      BigEndian.putI32(bytes, at, OPTION_NOP << 24 | OPTION_NOP << 16 | 0x402);
      at += 4;
    }
    if (windowScale >= 0) {
      BigEndian.putI32(
          bytes, at, OPTION_NOP << 24 | OPTION_WINDOW_SCALE << 16 | 3 << 8 | windowScale);
      at += 4;
    }
    if (sackBlocks > 0) {
      BigEndian.putI32(
          bytes, at, OPTION_NOP << 24 | OPTION_NOP << 16 | OPTION_SACK << 8 | (2 + 8 * sackBlocks));
      for (int i = 0; i < sackBlocks; i++) {
        BigEndian.putI32(bytes, at + 4 + 8 * i, sackStart[i]);
        BigEndian.putI32(bytes, at + 8 + 8 * i, sackEnd[i]);
      }
    }
  }

  /** Sets the ports. */
  public TcpHeader ports(int fromPort, int toPort) {
    sourcePort = fromPort;
    destinationPort = toPort;
    return this;
  }

  /** Sets the sequence number of the first payload byte, or of SYN or FIN. */
  public TcpHeader sequence(int number) {
    sequence = number;
    return this;
  }

  /** Sets the acknowledgement number, and the ACK flag. */
  public TcpHeader acknowledge(int number) {
    acknowledgement = number;
    flags |= ACK;
    return this;
  }

  /** Adds flags. */
  public TcpHeader flag(int mask) {
    flags |= mask;
    return this;
  }

  /** Sets the window field, unscaled, 0 to 65,535. */
  public TcpHeader window(int field) {
    if (field < 0 || field > 0xffff) {
      throw new IllegalArgumentException("window field must be 0 to 65535, got " + field);
    }
    window = field;
    return this;
  }

  /** Sets the options of a SYN, in Linux's set: MSS, SACK permitted, window scale. */
  public TcpHeader synOptions(int mssBytes, int scale) {
    maximumSegmentBytes = mssBytes;
    windowScale = scale;
    sackPermitted = true;
    return this;
  }

  /** Sets the timestamp option. */
  public TcpHeader timestamp(int value, int echo) {
    timestamp = true;
    timestampValue = value;
    timestampEcho = echo;
    return this;
  }

  /** Adds a SACK block from {@code start} up to but without {@code end}; at most three. */
  public TcpHeader sack(int start, int end) {
    if (sackBlocks == MAX_SACK_BLOCKS) {
      throw new IllegalStateException("sack blocks must be <= " + MAX_SACK_BLOCKS + ", got 4");
    }
    sackStart[sackBlocks] = start;
    sackEnd[sackBlocks] = end;
    sackBlocks++;
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

  /** The sequence number. */
  public int sequence() {
    return sequence;
  }

  /** The acknowledgement number; meaningful with ACK. */
  public int acknowledgement() {
    return acknowledgement;
  }

  /** Whether all of the flags are set. */
  public boolean has(int mask) {
    return (flags & mask) == mask;
  }

  /** The window field, unscaled. */
  public int window() {
    return window;
  }

  /** Header and options as read or last written, in bytes. */
  public int headerBytes() {
    return headerBytes;
  }

  /** The MSS option in bytes, or 0. */
  public int maximumSegmentBytes() {
    return maximumSegmentBytes;
  }

  /** The window scale option, or -1. */
  public int windowScale() {
    return windowScale;
  }

  /** Whether SACK is permitted. */
  public boolean sackPermitted() {
    return sackPermitted;
  }

  /** Whether it carries timestamps. */
  public boolean hasTimestamp() {
    return timestamp;
  }

  /** {@code TSval}. */
  public int timestampValue() {
    return timestampValue;
  }

  /** {@code TSecr}. */
  public int timestampEcho() {
    return timestampEcho;
  }

  /** How many SACK blocks it carries. */
  public int sackBlocks() {
    return sackBlocks;
  }

  /** The first sequence number of a SACK block. */
  public int sackStart(int block) {
    return sackStart[block];
  }

  /** The sequence number behind a SACK block. */
  public int sackEnd(int block) {
    return sackEnd[block];
  }
}
