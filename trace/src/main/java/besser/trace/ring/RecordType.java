package besser.trace.ring;

/** Values of a record's type_len, as {@code events/header_event} names them. */
final class RecordType {
  /** A type_len from 1 to this is the length of the data in words. */
  static final int LARGEST_DATA = 28;

  static final int PADDING = 29;
  static final int TIME_EXTEND = 30;
  static final int TIME_STAMP = 31;

  /** Width of a record's time delta. */
  static final int DELTA_BITS = 27;

  private RecordType() {}
}
