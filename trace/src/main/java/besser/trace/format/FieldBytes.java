package besser.trace.format;

import besser.trace.Event;
import besser.trace.Field;
import java.nio.ByteOrder;

/** The raw bytes of a field, rebuilt from any event, in the traced machine's byte order. */
final class FieldBytes {
  private FieldBytes() {}

  static byte[] of(Event event, Field field, ByteOrder order) {
    if (field.kind() == Field.Kind.NUMBER || field.kind() == Field.Kind.BITFIELD) {
      byte[] bytes = new byte[field.sizeBytes()];
      put(bytes, 0, field.sizeBytes(), event.number(field), order);
      return bytes;
    }
    int count = event.length(field);
    int element = field.elementBytes();
    byte[] bytes = new byte[count * element];
    for (int i = 0; i < count; i++) {
      put(bytes, i * element, element, event.element(field, i), order);
    }
    return bytes;
  }

  private static void put(byte[] into, int at, int count, long value, ByteOrder order) {
    for (int i = 0; i < count; i++) {
      int shift = order == ByteOrder.LITTLE_ENDIAN ? i : count - 1 - i;
      into[at + i] = (byte) (value >>> (8 * shift));
    }
  }

  /** The unsigned number at a place; bytes beyond the end read as zero. */
  static long number(byte[] bytes, int at, int count, ByteOrder order) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      int index = order == ByteOrder.LITTLE_ENDIAN ? at + count - 1 - i : at + i;
      long one = index >= 0 && index < bytes.length ? bytes[index] & 0xffL : 0;
      value = value << 8 | one;
    }
    return value;
  }
}
