package besser.trace;

/**
 * One field of an event as its {@code format} file declares it.
 *
 * @param name the field's name, such as {@code function} or {@code common_pid}
 * @param type the C type as declared, such as {@code unsigned int} or {@code __data_loc char[]}
 * @param index position among all fields of the format, common ones first, from 0
 * @param offsetBytes where the field starts in the raw event, {@code >= 0}
 * @param sizeBytes its size in the raw event; 0 for an array that runs to the end of the event
 * @param elementBytes size of one array element; equals {@code sizeBytes} for a plain number
 * @param signed whether numbers (or elements) are sign-extended
 * @param kind what the bytes are
 */
public record Field(
    String name,
    String type,
    int index,
    int offsetBytes,
    int sizeBytes,
    int elementBytes,
    boolean signed,
    Kind kind) {

  /** What a field's bytes are. */
  public enum Kind {
    /** An integer or a pointer of 1, 2, 4 or 8 bytes. */
    NUMBER,
    /** A {@code char} array of fixed size, ended by NUL if shorter. */
    TEXT,
    /** An array of fixed size, or a structure seen as bytes. */
    ARRAY,
    /** Some bits of an integer, declared {@code type name:width}; see {@link Field#bitWidth}. */
    BITFIELD,
    /** {@code __data_loc char[]}: 16 bits offset from the event's start, 16 bits length. */
    DYNAMIC_TEXT,
    /** {@code __data_loc} of anything else. */
    DYNAMIC_ARRAY,
    /** {@code __rel_loc char[]}: as dynamic, but the offset counts from the end of this field. */
    RELATIVE_TEXT,
    /** {@code __rel_loc} of anything else. */
    RELATIVE_ARRAY;

    /** Whether {@link Event#text} is the natural way to read the field. */
    public boolean isText() {
      return this == TEXT || this == DYNAMIC_TEXT || this == RELATIVE_TEXT;
    }

    /** Whether the field only says where in the event its content lies. */
    public boolean isDynamic() {
      return this == DYNAMIC_TEXT
          || this == DYNAMIC_ARRAY
          || this == RELATIVE_TEXT
          || this == RELATIVE_ARRAY;
    }
  }

  public Field {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("field name must not be empty");
    }
    atLeastZero("index", index);
    atLeastZero("offset", offsetBytes);
    atLeastZero("size", sizeBytes);
    if (elementBytes < 1) {
      throw new IllegalArgumentException("element size must be >= 1, got " + elementBytes);
    }
    if (kind == Kind.NUMBER && !isNumberSize(sizeBytes)) {
      throw new IllegalArgumentException(
          "number field " + name + " must be of 1, 2, 4 or 8 bytes, got " + sizeBytes);
    }
  }

  /** Whether the C type is a pointer, so that the value can name a symbol. */
  public boolean isPointer() {
    return type.endsWith("*");
  }

  /**
   * Width in bits: of a bit field as its type declares it behind the last colon, else of the whole
   * field. Slow; not for use per event unless the field is a bit field.
   */
  public int bitWidth() {
    return kind == Kind.BITFIELD
        ? Integer.parseInt(type.substring(type.lastIndexOf(':') + 1))
        : 8 * sizeBytes;
  }

  private static boolean isNumberSize(int bytes) {
    return bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
  }

  private static void atLeastZero(String what, int value) {
    if (value < 0) {
      throw new IllegalArgumentException("field " + what + " must be >= 0, got " + value);
    }
  }
}
