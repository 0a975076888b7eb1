package besser.trace.format;

import java.nio.ByteOrder;

/** Texts of bit masks. */
final class Masks {
  private Masks() {}

  /** Hexadecimal, a comma every 32 bits, as {@code %*pb}. */
  static String words(byte[] mask, ByteOrder order) {
    StringBuilder text = new StringBuilder();
    for (int i = mask.length - 1; i >= 0; i--) {
      TextEvaluator.appendByte(text, byteAt(mask, i, order));
      if (i > 0 && i % 4 == 0) {
        text.append(',');
      }
    }
    return text.toString();
  }

  /** Ranges such as {@code 0,2-3}, as {@code %*pbl}. */
  static String ranges(byte[] mask, ByteOrder order) {
    StringBuilder text = new StringBuilder();
    int bits = mask.length * 8;
    int bit = 0;
    while (bit < bits) {
      if (!isSet(mask, bit, order)) {
        bit++;
        continue;
      }
      int last = bit;
      while (last + 1 < bits && isSet(mask, last + 1, order)) {
        last++;
      }
      text.append(text.isEmpty() ? "" : ",").append(bit);
      if (last > bit) {
        text.append('-').append(last);
      }
      bit = last + 1;
    }
    return text.toString();
  }

  private static boolean isSet(byte[] mask, int bit, ByteOrder order) {
    return (byteAt(mask, bit / 8, order) >> (bit % 8) & 1) != 0;
  }

  private static byte byteAt(byte[] mask, int significance, ByteOrder order) {
    boolean little = order == ByteOrder.LITTLE_ENDIAN;
    return mask[little ? significance : mask.length - 1 - significance];
  }
}
