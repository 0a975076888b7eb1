package besser.trace.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One protocol buffer message under construction (wire types 0 and 2 of the encoding; the traces
 * written here need no others). Reused: {@link #clear} empties it.
 */
final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;

  private byte[] bytes = new byte[256];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** A number of any integer type but the zig-zag ones; negative numbers take ten bytes. */
  ProtoMessage number(int field, long value) {
    tag(field, VARINT);
    varint(value);
    return this;
  }

  ProtoMessage text(int field, String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    tag(field, LENGTH_DELIMITED);
    varint(encoded.length);
    append(encoded, encoded.length);
    return this;
  }

  ProtoMessage message(int field, ProtoMessage value) {
    tag(field, LENGTH_DELIMITED);
    varint(value.size);
    append(value.bytes, value.size);
    return this;
  }

  /** Adds the fields of another message to this one. */
  void append(ProtoMessage other) {
    append(other.bytes, other.size);
  }

  private void tag(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  private void varint(long value) {
    ensureRoom(10);
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes[size++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
  }

  private void append(byte[] from, int length) {
    ensureRoom(length);
    System.arraycopy(from, 0, bytes, size, length);
    size += length;
  }

  private void ensureRoom(int count) {
    if (size + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + count, 2 * bytes.length));
    }
  }

  void writeTo(OutputStream output) throws IOException {
    output.write(bytes, 0, size);
  }
}
