package besser.trace.ring;

import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Turns any event into the raw bytes its format declares: numbers in place, dynamic content behind
 * the fixed fields. Used by one thread.
 */
public final class EventEncoder {
  private static final int LENGTH_LIMIT = 0xffff;

  private final ByteBuffer buffer;

  /**
   * @param order byte order of the events to write
   * @param eventBytesLimit the longest event
   */
  public EventEncoder(ByteOrder order, int eventBytesLimit) {
    buffer = ByteBuffer.allocate(eventBytesLimit).order(order);
  }

  /**
   * Encodes an event.
   *
   * @param target the format to write; its fields take their values from the event's fields of the
   *     same name, and are zero or empty where it has none
   * @return the bytes, valid until the next call
   * @throws IllegalArgumentException when the event is longer than the limit
   */
  public ByteBuffer encode(Event event, EventFormat target) {
    int fixed = fixedBytes(target);
    if (fixed > buffer.capacity()) {
      throw tooLong(target, fixed);
    }
    buffer.clear();
    for (int i = 0; i < fixed; i++) {
      buffer.put((byte) 0);
    }
    for (Field field : target.allFields()) {
      putField(event, target, field);
    }
    return buffer.flip();
  }

  private static int fixedBytes(EventFormat format) {
    int bytes = 8;
    for (Field field : format.allFields()) {
      bytes = Math.max(bytes, field.offsetBytes() + field.sizeBytes());
    }
    return (bytes + 3) & ~3;
  }

  private void putField(Event event, EventFormat target, Field field) {
    switch (field.name()) {
      case "common_type" -> putNumber(field.offsetBytes(), field.sizeBytes(), target.id());
      case "common_pid" -> putNumber(field.offsetBytes(), field.sizeBytes(), event.pid());
      default -> {
        Field source =
            event.format() == target ? field : event.format().findField(field.name()).orElse(field);
        if (event.format() == target || event.format().findField(field.name()).isPresent()) {
          putContent(event, source, target, field);
        }
      }
    }
  }

  private void putContent(Event event, Field source, EventFormat target, Field field) {
    switch (field.kind()) {
      case NUMBER -> putNumber(field.offsetBytes(), field.sizeBytes(), event.number(source));
      case BITFIELD -> putBits(field, event.number(source));
      case TEXT -> putText(event, source, target, field);
      case ARRAY -> {
        if (field.sizeBytes() == 0) {
          appendElements(event, source, target, field);
          return;
        }
        int fits = field.sizeBytes() / field.elementBytes();
        int count = Math.min(event.length(source), fits);
        for (int i = 0; i < count; i++) {
          int at = field.offsetBytes() + i * field.elementBytes();
          putNumber(at, field.elementBytes(), event.element(source, i));
        }
      }
      case DYNAMIC_TEXT, RELATIVE_TEXT -> {
        int start = buffer.position();
        append(target, (event.text(source) + "\0").getBytes(StandardCharsets.ISO_8859_1));
        putLocation(field, start);
      }
      case DYNAMIC_ARRAY, RELATIVE_ARRAY -> {
        int start = buffer.position();
        appendElements(event, source, target, field);
        putLocation(field, start);
      }
    }
  }

  /** Compilers allocate bit fields from the lowest bit on little, the highest on big endian. */
  private void putBits(Field field, long value) {
    int width = field.bitWidth();
    long bits = width >= 64 ? value : value & ((1L << width) - 1);
    boolean little = buffer.order() == ByteOrder.LITTLE_ENDIAN;
    int shift = little ? 0 : 8 * field.sizeBytes() - width;
    putNumber(field.offsetBytes(), field.sizeBytes(), bits << shift);
  }

  private void putText(Event event, Field source, EventFormat target, Field field) {
    byte[] bytes = event.text(source).getBytes(StandardCharsets.ISO_8859_1);
    if (field.sizeBytes() == 0) {
      // runs to the event's end: it starts where the field does, not behind the padding
      buffer.position(field.offsetBytes());
      append(target, bytes);
      append(target, new byte[1]);
      return;
    }
    int count = Math.min(bytes.length, field.sizeBytes() - 1);
    for (int i = 0; i < count; i++) {
      buffer.put(field.offsetBytes() + i, bytes[i]);
    }
  }

  private void appendElements(Event event, Field source, EventFormat target, Field field) {
    int count = event.length(source);
    int element = field.elementBytes();
    if ((long) count * element > Math.min(buffer.remaining(), LENGTH_LIMIT)) {
      throw tooLong(target, (long) buffer.position() + (long) count * element);
    }
    for (int i = 0; i < count; i++) {
      int at = buffer.position();
      buffer.position(at + element);
      putNumber(at, element, event.element(source, i));
    }
  }

  private void append(EventFormat target, byte[] bytes) {
    if (bytes.length > Math.min(buffer.remaining(), LENGTH_LIMIT)) {
      throw tooLong(target, buffer.position() + bytes.length);
    }
    buffer.put(bytes);
  }

  private void putLocation(Field field, int start) {
    int length = buffer.position() - start;
    int behind = field.offsetBytes() + field.sizeBytes();
    boolean relative =
        field.kind() == Field.Kind.RELATIVE_TEXT || field.kind() == Field.Kind.RELATIVE_ARRAY;
    int offset = relative ? start - behind : start;
    putNumber(field.offsetBytes(), field.sizeBytes(), (long) length << 16 | offset);
  }

  private void putNumber(int at, int bytes, long value) {
    boolean little = buffer.order() == ByteOrder.LITTLE_ENDIAN;
    for (int i = 0; i < bytes; i++) {
      int shift = little ? i : bytes - 1 - i;
      buffer.put(at + i, shift < 8 ? (byte) (value >>> (8 * shift)) : 0);
    }
  }

  private IllegalArgumentException tooLong(EventFormat format, long bytes) {
    return new IllegalArgumentException(
        "event %s must have at most %d bytes, got %d"
            .formatted(format.qualifiedName(), buffer.capacity(), bytes));
  }
}
