package besser.trace.format;

import besser.trace.Event;
import besser.trace.Field;
import java.nio.charset.StandardCharsets;

/** All fields of an event as {@code name=value}, for events whose print format is beyond us. */
final class RawFields {
  private final TextContext context;
  private final NumberEvaluator numbers;

  RawFields(TextContext context, NumberEvaluator numbers) {
    this.context = context;
    this.numbers = numbers;
  }

  void append(StringBuilder out, Event event) {
    out.append("[FAILED TO PARSE]");
    for (Field field : event.format().fields()) {
      out.append(' ').append(field.name()).append('=');
      appendValue(out, field, event);
    }
  }

  private void appendValue(StringBuilder out, Field field, Event event) {
    boolean isNumber = field.kind() == Field.Kind.NUMBER || field.kind() == Field.Kind.BITFIELD;
    if (!isNumber) {
      appendArray(out, field, event);
    } else if (field.isPointer() || (field.type().contains("long") && !field.signed())) {
      out.append("0x").append(Long.toHexString(numbers.unsigned(event, field)));
    } else if (field.signed()) {
      out.append(event.number(field));
    } else {
      out.append(Long.toUnsignedString(event.number(field)));
    }
  }

  private void appendArray(StringBuilder out, Field field, Event event) {
    byte[] bytes = FieldBytes.of(event, field, context.order());
    boolean bytewise =
        field.type().contains("char") || field.type().contains("u8") || field.type().contains("s8");
    if (bytewise && isPrintable(bytes)) {
      for (byte c : bytes) {
        if (c == 0) {
          break;
        }
        out.append((char) c);
      }
      return;
    }
    out.append("ARRAY[");
    for (int i = 0; i < bytes.length; i++) {
      out.append(i > 0 ? ", " : "");
      TextEvaluator.appendByte(out, bytes[i]);
    }
    out.append(']');
  }

  private static boolean isPrintable(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (int i = 0; i < text.length() && text.charAt(i) != 0; i++) {
      char c = text.charAt(i);
      boolean space = c == ' ' || (c >= '\t' && c <= '\r');
      if (!space && (c < ' ' || c > '~')) {
        return false;
      }
    }
    return true;
  }
}
