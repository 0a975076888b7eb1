package besser.trace.perf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Numbers and texts out of an array in the byte order of the machine that recorded it. */
final class Bytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final boolean bigEndian;
  private byte[] array;

  Bytes(byte[] array, boolean bigEndian) {
    this.array = array;
    this.bigEndian = bigEndian;
  }

  byte[] array() {
    return array;
  }

  void use(byte[] other) {
    array = other;
  }

  boolean bigEndian() {
    return bigEndian;
  }

  int u8(int offset) {
    return array[offset] & 0xff;
  }

  int u16(int offset) {
    short value = (short) SHORT.get(array, offset);
    return (bigEndian ? Short.reverseBytes(value) : value) & 0xffff;
  }

  int i32(int offset) {
    int value = (int) INT.get(array, offset);
    return bigEndian ? Integer.reverseBytes(value) : value;
  }

  long u32(int offset) {
    return i32(offset) & 0xffff_ffffL;
  }

  long i64(int offset) {
    long value = (long) LONG.get(array, offset);
    return bigEndian ? Long.reverseBytes(value) : value;
  }

  /** An unsigned integer of one to eight bytes. */
  long integer(int offset, int size) {
    return switch (size) {
      case 2 -> u16(offset);
      case 4 -> u32(offset);
      case 8 -> i64(offset);
      default -> {
        long value = 0;
        for (int i = 0; i < Math.min(size, Long.BYTES); i++) {
          long one = u8(offset + i);
          value = bigEndian ? value << 8 | one : value | one << (8 * i);
        }
        yield value;
      }
    };
  }

  /** The text at {@code offset} up to its first NUL or {@code limit}. */
  String text(int offset, int limit) {
    int end = offset;
    while (end < limit && array[end] != 0) {
      end++;
    }
    return new String(array, offset, end - offset, StandardCharsets.UTF_8);
  }
}
