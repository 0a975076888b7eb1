package besser.trace.dat;

import besser.trace.TraceFormatException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * The first bytes of a trace.dat.
 *
 * @param userLongBytes size of the traced user space's {@code long}
 * @param pageBytes page size of the traced machine
 * @param endBytes where the header ends
 */
record DatHeader(int version, ByteOrder order, int userLongBytes, int pageBytes, long endBytes) {
  static final byte[] MAGIC = {0x17, 0x08, 0x44, 't', 'r', 'a', 'c', 'i', 'n', 'g'};

  static DatHeader read(MemorySegment segment, String file) {
    DatBytes in = new DatBytes(segment, file, 0, ByteOrder.LITTLE_ENDIAN);
    in.expect(new String(MAGIC, java.nio.charset.StandardCharsets.ISO_8859_1), "trace.dat's magic");
    long versionAt = in.position();
    String version = in.string("file version");
    if (!version.equals("6") && !version.equals("7")) {
      throw new TraceFormatException(file, versionAt, "file version 6 or 7", "'" + version + "'");
    }
    int endian = in.uint8("endianness");
    if (endian > 1) {
      throw new TraceFormatException(file, in.position() - 1, "endianness 0 or 1", "" + endian);
    }
    int longBytes = in.uint8("size of long");
    if (longBytes != 4 && longBytes != 8) {
      throw new TraceFormatException(
          file, in.position() - 1, "a long of 4 or 8 bytes", longBytes + " bytes");
    }
    ByteOrder order = endian == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    DatBytes ordered = new DatBytes(segment, file, 0, order);
    ordered.seek(in.position(), "page size");
    long pageBytes = ordered.uint32("page size");
    if (pageBytes < 1024 || pageBytes > 1 << 24 || Long.bitCount(pageBytes) != 1) {
      throw new TraceFormatException(
          file, in.position(), "a page size that is a power of 2 from 1024", "" + pageBytes);
    }
    return new DatHeader(
        Integer.parseInt(version), order, longBytes, (int) pageBytes, ordered.position());
  }
}
