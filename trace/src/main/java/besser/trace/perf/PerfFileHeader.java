package besser.trace.perf;

import besser.trace.TraceFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HexFormat;

/**
 * The start of a perf.data: {@code struct perf_file_header}, or its 16-byte form in a pipe.
 *
 * @param bigEndian byte order of everything that follows
 * @param pipe whether all else is in the stream of records
 * @param attrBytes size of one entry of the attr section
 * @param attrs the attr section
 * @param data the records
 * @param features which feature sections stand behind the data
 */
record PerfFileHeader(
    boolean bigEndian, boolean pipe, long attrBytes, Section attrs, Section data, BitSet features) {

  static final int PIPE_BYTES = 16;
  static final int FILE_BYTES = 104;

  private static final String MAGIC = "PERFILE2";
  private static final String MAGIC_SWAPPED = "2ELIFREP";
  private static final int FEATURE_BITS = 256;
  private static final int HOSTNAME_BIT = 3;

  /** A range of the file. */
  record Section(long offset, long sizeBytes) {
    static final Section NONE = new Section(0, 0);

    boolean isWithin(long fileBytes) {
      return offset >= 0 && sizeBytes >= 0 && offset <= fileBytes - sizeBytes;
    }
  }

  /** Reads the header out of the first bytes of the file, of which there may be fewer. */
  static PerfFileHeader read(byte[] start, String file) {
    if (start.length < PIPE_BYTES) {
      throw new TraceFormatException(
          file, 0, "a perf.data header of at least 16 bytes", start.length + " bytes");
    }
    boolean bigEndian = readMagic(start, file);
    Bytes bytes = new Bytes(start, bigEndian);
    long size = bytes.i64(8);
    if (size == PIPE_BYTES) {
      return new PerfFileHeader(bigEndian, true, 0, Section.NONE, Section.NONE, new BitSet());
    }
    if (size != FILE_BYTES) {
      throw new TraceFormatException(
          file, 8, "a header size of 104, or 16 in a pipe", Long.toUnsignedString(size));
    }
    if (start.length < FILE_BYTES) {
      throw new TraceFormatException(file, 0, "a header of 104 bytes", start.length + " bytes");
    }
    return new PerfFileHeader(
        bigEndian,
        false,
        bytes.i64(16),
        new Section(bytes.i64(24), bytes.i64(32)),
        new Section(bytes.i64(40), bytes.i64(48)),
        featureBits(bytes));
  }

  private static boolean readMagic(byte[] start, String file) {
    String magic = new String(start, 0, 8, StandardCharsets.ISO_8859_1);
    if (magic.equals(MAGIC)) {
      return false;
    }
    if (magic.equals(MAGIC_SWAPPED)) {
      return true;
    }
    throw new TraceFormatException(
        file, 0, "the magic PERFILE2", HexFormat.of().formatHex(start, 0, 8));
  }

  /** The bitmap is made of C longs; a 32-bit big-endian machine lays them out differently. */
  private static BitSet featureBits(Bytes bytes) {
    long[] words = new long[FEATURE_BITS / Long.SIZE];
    for (int i = 0; i < words.length; i++) {
      words[i] = bytes.i64(72 + i * Long.BYTES);
    }
    if (bytes.bigEndian() && (words[0] >>> HOSTNAME_BIT & 1) == 0) {
      for (int i = 0; i < words.length; i++) {
        words[i] = Long.rotateLeft(words[i], Integer.SIZE);
      }
    }
    return BitSet.valueOf(words);
  }

  /** Where the table of feature sections starts: right behind the data. */
  long featureTableOffset() {
    return data.offset() + data.sizeBytes();
  }

  /** The first bytes as they are read from a file of any kind. */
  static byte[] firstBytes(ByteBuffer read) {
    byte[] bytes = new byte[read.remaining()];
    read.get(bytes);
    return bytes;
  }
}
