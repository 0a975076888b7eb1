package besser.trace.dat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Bytes of a trace.dat being put together in memory, in the traced machine's byte order. */
final class DatOutput {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ByteOrder order;

  DatOutput(ByteOrder order) {
    this.order = order;
  }

  DatOutput uint8(int value) {
    bytes.write(value);
    return this;
  }

  DatOutput uint16(int value) {
    return number(value, 2);
  }

  DatOutput uint32(long value) {
    return number(value, 4);
  }

  DatOutput int64(long value) {
    return number(value, 8);
  }

  private DatOutput number(long value, int count) {
    for (int i = 0; i < count; i++) {
      int shift = order == ByteOrder.LITTLE_ENDIAN ? i : count - 1 - i;
      bytes.write((int) (value >>> (8 * shift)));
    }
    return this;
  }

  DatOutput bytes(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  DatOutput text(String text) {
    return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  DatOutput string(String text) {
    return text(text).uint8(0);
  }

  int size() {
    return bytes.size();
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
