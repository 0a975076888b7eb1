package besser.bes2600.air;

/**
 * Durations on the air at 2.4 GHz, 20 MHz, one spatial stream, in nanoseconds.
 *
 * <p>IEEE 802.11-2020: short slot 9 µs and SIFS 10 µs (table 18-5), HT-mixed preamble of 36 µs with
 * one HT-LTF (19.3.2), 4 µs symbols with the long guard interval, 16 service and 6 tail bits, and
 * the 6 µs signal extension of the band. Bits per symbol of MCS 0 to 7 are table 19-27. Channel
 * access on top of these is analysed in G. Bianchi, "Performance analysis of the IEEE 802.11
 * distributed coordination function", IEEE JSAC 18(3), 2000.
 */
public final class Phy {
  public static final long SLOT_NANOS = 9_000;
  public static final long SIFS_NANOS = 10_000;

  /** FCS of an MPDU, in bytes. */
  public static final int FCS_BYTES = 4;

  /** CCMP header and MIC, which the air carries and the host never sees, in bytes. */
  public static final int CCMP_BYTES = 16;

  /** Highest MCS of one spatial stream. */
  public static final int MAX_MCS = 7;

  private static final long HT_PREAMBLE_NANOS = 36_000;
  private static final long LEGACY_PREAMBLE_NANOS = 20_000;
  private static final long SYMBOL_NANOS = 4_000;
  private static final long SIGNAL_EXTENSION_NANOS = 6_000;
  private static final int SERVICE_AND_TAIL_BITS = 22;
  private static final int DELIMITER_BYTES = 4;
  private static final int LEGACY_24_BITS_PER_SYMBOL = 96;
  private static final int ACK_BYTES = 14;
  private static final int BLOCK_ACK_BYTES = 32;
  private static final long DSSS_LONG_PREAMBLE_NANOS = 192_000;
  private static final int[] BITS_PER_SYMBOL = {26, 52, 78, 104, 156, 208, 234, 260};

  private Phy() {}

  /** AIFS for the given number of slots: SIFS and the slots. */
  public static long aifsNanos(int slots) {
    return SIFS_NANOS + slots * SLOT_NANOS;
  }

  /** Preamble and headers of an HT PPDU before the first data symbol. */
  public static long htPreambleNanos() {
    return HT_PREAMBLE_NANOS;
  }

  /** Data symbols and signal extension for {@code bytes} of PSDU at an MCS of 0 to 7. */
  public static long htDataNanos(int bytes, int mcs) {
    int perSymbol = BITS_PER_SYMBOL[mcs];
    long bits = 8L * bytes + SERVICE_AND_TAIL_BITS;
    return (bits + perSymbol - 1) / perSymbol * SYMBOL_NANOS + SIGNAL_EXTENSION_NANOS;
  }

  /** Bytes that a frame (without FCS and CCMP) takes inside an aggregate, padded to 4. */
  public static int subframeBytes(int frameBytes) {
    return (DELIMITER_BYTES + frameBytes + CCMP_BYTES + FCS_BYTES + 3) & ~3;
  }

  /** A block acknowledgement at 24 Mbit/s. */
  public static long blockAckNanos() {
    return legacyNanos(BLOCK_ACK_BYTES);
  }

  /** An acknowledgement at 24 Mbit/s. */
  public static long ackNanos() {
    return legacyNanos(ACK_BYTES);
  }

  /** A frame of {@code bytes} at 1 Mbit/s with the long DSSS preamble, as beacons are sent. */
  public static long dsssNanos(int bytes) {
    return DSSS_LONG_PREAMBLE_NANOS + 8_000L * bytes;
  }

  private static long legacyNanos(int bytes) {
    long bits = 8L * bytes + SERVICE_AND_TAIL_BITS;
    long symbols = (bits + LEGACY_24_BITS_PER_SYMBOL - 1) / LEGACY_24_BITS_PER_SYMBOL;
    return LEGACY_PREAMBLE_NANOS + symbols * SYMBOL_NANOS + SIGNAL_EXTENSION_NANOS;
  }
}
