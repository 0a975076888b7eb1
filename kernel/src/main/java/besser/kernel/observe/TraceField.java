package besser.kernel.observe;

/**
 * A field of a tracepoint as Linux's {@code format} files declare it.
 *
 * @param name such as {@code function}
 * @param type the C type, such as {@code void *}, {@code char[16]} or {@code __data_loc char[]}
 * @param sizeBytes its size in the record; 4 for {@code __data_loc}
 * @param signed as declared
 * @param kind how the value is held
 */
public record TraceField(String name, String type, int sizeBytes, boolean signed, Kind kind) {
  /** How a value is held. */
  public enum Kind {
    /** A number of 1, 2, 4 or 8 bytes. */
    NUMBER,
    /** A pointer: the address of a symbol or an object. */
    POINTER,
    /** A {@code char} array of fixed size. */
    TEXT,
    /** {@code __data_loc char[]}. */
    DYNAMIC_TEXT
  }

  public TraceField {
    if (name.isBlank()) throw new IllegalArgumentException("field name must not be blank");
    if (sizeBytes < 1) throw new IllegalArgumentException("size must be >= 1, got " + sizeBytes);
  }

  /** A number such as {@code number("vec", "unsigned int", 4, false)}. */
  public static TraceField number(String name, String type, int sizeBytes, boolean signed) {
    return new TraceField(name, type, sizeBytes, signed, Kind.NUMBER);
  }

  /** {@code void *}. */
  public static TraceField pointer(String name) {
    return new TraceField(name, "void *", 8, false, Kind.POINTER);
  }

  /** {@code char[size]}. */
  public static TraceField text(String name, int sizeBytes) {
    return new TraceField(name, "char[" + sizeBytes + "]", sizeBytes, false, Kind.TEXT);
  }

  /** {@code __data_loc char[]}. */
  public static TraceField dynamicText(String name) {
    return new TraceField(name, "__data_loc char[]", 4, false, Kind.DYNAMIC_TEXT);
  }
}
