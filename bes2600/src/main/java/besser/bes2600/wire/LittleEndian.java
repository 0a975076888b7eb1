package besser.bes2600.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little endian integers in a {@code byte[]}, at any alignment. */
public final class LittleEndian {
  private static final VarHandle U16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle U32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  /** The byte at {@code at}, 0 to 255. */
  public static int u8(byte[] bytes, int at) {
    return bytes[at] & 0xff;
  }

  /** The two bytes at {@code at}, 0 to 65535. */
  public static int u16(byte[] bytes, int at) {
    return (short) U16.get(bytes, at) & 0xffff;
  }

  /** The four bytes at {@code at}. */
  public static int u32(byte[] bytes, int at) {
    return (int) U32.get(bytes, at);
  }

  /** Stores the low 8 bits of {@code value}. */
  public static void putU8(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
  }

  /** Stores the low 16 bits of {@code value}. */
  public static void putU16(byte[] bytes, int at, int value) {
    U16.set(bytes, at, (short) value);
  }

  /** Stores {@code value}. */
  public static void putU32(byte[] bytes, int at, int value) {
    U32.set(bytes, at, value);
  }
}
