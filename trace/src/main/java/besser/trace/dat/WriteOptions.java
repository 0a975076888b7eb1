package besser.trace.dat;

/**
 * How a trace.dat is to be written.
 *
 * @param version 6 or 7
 * @param compression how version 7 compresses its sections; version 6 has none
 * @param uname what the traced machine calls itself, may be empty
 * @param recorderVersion what recorded, may be empty
 * @param traceId the session's number, 0 for none
 */
public record WriteOptions(
    int version, Compression compression, String uname, String recorderVersion, long traceId) {
  public WriteOptions {
    if (version != 6 && version != 7) {
      throw new IllegalArgumentException("file version must be 6 or 7, got " + version);
    }
    if (version == 6 && compression != Compression.NONE) {
      throw new IllegalArgumentException(
          "file version 6 has no compression, got " + compression.header());
    }
  }

  /** A file of that version without machine, recorder or number. */
  public static WriteOptions of(int version, Compression compression) {
    return new WriteOptions(version, compression, "", "", 0);
  }
}
