package besser.trace.perf;

import besser.trace.TraceFormatException;

/**
 * How one event was opened: the parts of {@code struct perf_event_attr} that decide how its records
 * look. Fields of a shorter attr, as older kernels and perf write it, read as zero.
 *
 * @param type hardware, software, tracepoint and so on ({@code enum perf_type_id})
 * @param config which event of that type; of a tracepoint its id
 * @param samplePeriod period, or frequency in hertz when {@link #isFrequency}
 * @param sampleType which fields a sample has ({@code enum perf_event_sample_format})
 * @param readFormat how counter values are laid out ({@code enum perf_event_read_format})
 * @param flags the bit field, {@code disabled} being bit 0
 * @param branchSampleType which branches are recorded; bit 17 adds a hardware index
 * @param userRegisters mask of the user registers in a sample
 * @param interruptRegisters mask of the registers at the interrupt in a sample
 * @param clockId clock of the time stamps when {@link #hasClockId}
 */
public record PerfAttr(
    int type,
    long config,
    long samplePeriod,
    long sampleType,
    long readFormat,
    long flags,
    long branchSampleType,
    long userRegisters,
    long interruptRegisters,
    int clockId) {

  /** {@code PERF_TYPE_TRACEPOINT}. */
  public static final int TYPE_TRACEPOINT = 2;

  /** The first published size of the structure ({@code PERF_ATTR_SIZE_VER0}). */
  static final int FIRST_SIZE_BYTES = 64;

  private static final int SIZE_LIMIT_BYTES = 4096;
  private static final int FREQUENCY_BIT = 10;
  private static final int SAMPLE_ID_ALL_BIT = 18;
  private static final int CLOCK_ID_BIT = 25;

  /** Whether {@link #samplePeriod} is a frequency in hertz. */
  public boolean isFrequency() {
    return (flags >>> FREQUENCY_BIT & 1) != 0;
  }

  /** Whether {@link #clockId} says which clock time stamps are of. */
  public boolean hasClockId() {
    return (flags >>> CLOCK_ID_BIT & 1) != 0;
  }

  /** Whether records other than samples end in a trailer that says when and where. */
  boolean hasSampleIdAll() {
    return (flags >>> SAMPLE_ID_ALL_BIT & 1) != 0;
  }

  boolean has(int sampleTypeBit) {
    return (sampleType & sampleTypeBit) != 0;
  }

  /**
   * Reads an attr whose own size field is trusted up to {@code roomBytes}.
   *
   * @param place offset in the file, for the message
   */
  static PerfAttr read(Bytes bytes, int at, int roomBytes, String file, long place) {
    if (roomBytes < FIRST_SIZE_BYTES) {
      throw new TraceFormatException(
          file, place, "an event attr of at least 64 bytes", roomBytes + " bytes");
    }
    int size = size(bytes, at, roomBytes, file, place);
    return new PerfAttr(
        bytes.i32(at),
        bytes.i64(at + 8),
        bytes.i64(at + 16),
        bytes.i64(at + 24),
        bytes.i64(at + 32),
        flags(bytes, at + 40),
        size >= 80 ? bytes.i64(at + 72) : 0,
        size >= 96 ? bytes.i64(at + 80) : 0,
        size >= 104 ? bytes.i64(at + 96) : 0,
        size >= 96 ? bytes.i32(at + 92) : 0);
  }

  /** The size an attr says it has; 0, as perf wrote once, means the first size. */
  static int size(Bytes bytes, int at, int roomBytes, String file, long place) {
    long declared = bytes.u32(at + 4);
    if (declared == 0) {
      return FIRST_SIZE_BYTES;
    }
    if (declared < FIRST_SIZE_BYTES || declared > SIZE_LIMIT_BYTES || declared > roomBytes) {
      throw new TraceFormatException(
          file,
          place + 4,
          "an attr size from 64 to " + Math.min(roomBytes, SIZE_LIMIT_BYTES),
          Long.toString(declared));
    }
    return (int) declared;
  }

  /** C bit fields fill a byte from its other end on a big-endian machine. */
  private static long flags(Bytes bytes, int at) {
    long word = 0;
    for (int i = 0; i < 8; i++) {
      int value = bytes.u8(at + i);
      int inOrder = bytes.bigEndian() ? Integer.reverse(value) >>> 24 : value;
      word |= (long) inOrder << (8 * i);
    }
    return word;
  }
}
