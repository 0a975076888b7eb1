package besser.trace;

/**
 * Structural damage: the bytes from here on cannot be understood, so reading stops.
 *
 * <p>A record that is damaged alone does not throw; it is counted under an {@link Issue}.
 */
public final class TraceFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long offset;

  /**
   * @param file the file (or device) that was read
   * @param offset byte offset in it where the expectation failed, {@code >= 0}
   * @param expected what the format demands there
   * @param found what stands there
   */
  public TraceFormatException(String file, long offset, String expected, String found) {
    super(
        "%s: at offset %d (0x%x): expected %s, found %s"
            .formatted(file, offset, offset, expected, found));
    this.file = file;
    this.offset = offset;
  }

  /** The file (or device) that was read. */
  public String file() {
    return file;
  }

  /** Byte offset in the file where the expectation failed. */
  public long offset() {
    return offset;
  }
}
