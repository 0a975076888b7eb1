package besser.trace.format;

import besser.trace.Event;
import besser.trace.Field;
import besser.trace.format.Expression.Entry;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Arguments of {@code %s}, rendered as libtraceevent's print_str_arg does. */
final class TextEvaluator {
  private final TextContext context;
  private final NumberEvaluator numbers;

  TextEvaluator(TextContext context, NumberEvaluator numbers) {
    this.context = context;
    this.numbers = numbers;
  }

  void append(StringBuilder out, Conversion as, int star, Expression expression, Event event) {
    switch (expression) {
      case Expression.Text text -> as.appendText(out, text.value(), star);
      case Expression.Name name -> as.appendText(out, name.name(), star);
      case Expression.Literal literal -> as.appendText(out, Long.toString(literal.value()), star);
      case Expression.FieldValue value -> appendField(out, as, star, value.field(), event);
      case Expression.DynamicText text -> appendDynamic(out, as, star, text.field(), event);
      case Expression.DynamicArray array -> appendDynamic(out, as, star, array.field(), event);
      case Expression.Cast cast -> append(out, as, star, cast.operand(), event);
      case Expression.Flags flags -> appendFlags(out, as, star, flags, event);
      case Expression.Symbols symbols -> appendSymbol(out, as, star, symbols, event);
      case Expression.Hex hex -> appendHex(out, hex, event);
      case Expression.IntegerArray array -> appendIntegers(out, array, event);
      case Expression.Bitmask mask ->
          as.appendText(out, Masks.words(bytes(event, mask.field()), context.order()), star);
      case Expression.Cpumask mask ->
          as.appendText(out, Masks.ranges(bytes(event, mask.field()), context.order()), star);
      case Expression.Conditional choice ->
          append(
              out,
              as,
              star,
              numbers.valueOf(choice.condition(), event) != 0 ? choice.then() : choice.otherwise(),
              event);
      case Expression.Call call -> appendCall(out, call, event);
      case Expression.DynamicLength _,
          Expression.Unary _,
          Expression.Binary _,
          Expression.Element _ -> {}
    }
  }

  private byte[] bytes(Event event, Field field) {
    return FieldBytes.of(event, field, context.order());
  }

  private void appendField(StringBuilder out, Conversion as, int star, Field field, Event event) {
    boolean array = field.kind() != Field.Kind.NUMBER;
    if (!array && field.sizeBytes() == context.longBytes()) {
      // a pointer to a text in the kernel: known by printk_formats or not at all
      long address = numbers.unsigned(event, field);
      String known = context.printkFormats().getOrDefault(address, "");
      out.append(known.isEmpty() ? Long.toHexString(address) : known);
      return;
    }
    String text = field.kind().isText() ? event.text(field) : untilNul(bytes(event, field));
    as.appendText(out, text, star);
  }

  private static String untilNul(byte[] bytes) {
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  private void appendDynamic(StringBuilder out, Conversion as, int star, Field field, Event event) {
    if (event.length(field) > 0) {
      String text = field.kind().isText() ? event.text(field) : untilNul(bytes(event, field));
      as.appendText(out, text, star);
    }
  }

  private void appendFlags(
      StringBuilder out, Conversion as, int star, Expression.Flags flags, Event event) {
    long left = numbers.valueOf(flags.value(), event);
    boolean any = false;
    for (Entry entry : flags.entries()) {
      long value = entry.value();
      if (left == 0 && value < 0) {
        as.appendText(out, entry.text(), star);
        break;
      }
      if (value > 0 && (left & value) == value) {
        out.append(any ? flags.delimiter() : "");
        as.appendText(out, entry.text(), star);
        any = true;
        left &= ~value;
      }
    }
    if (left != 0) {
      out.append(any ? flags.delimiter() : "").append("0x").append(Long.toHexString(left));
    }
  }

  private void appendSymbol(
      StringBuilder out, Conversion as, int star, Expression.Symbols symbols, Event event) {
    long value = numbers.valueOf(symbols.value(), event);
    for (Entry entry : symbols.entries()) {
      if (entry.value() == value) {
        as.appendText(out, entry.text(), star);
        return;
      }
    }
    out.append("0x").append(Long.toHexString(value));
  }

  private byte[] arrayBytes(Expression array, Event event) {
    return switch (array) {
      case Expression.FieldValue value -> bytes(event, value.field());
      case Expression.DynamicArray dynamic -> bytes(event, dynamic.field());
      case Expression.Cast cast -> arrayBytes(cast.operand(), event);
      default -> new byte[0];
    };
  }

  private void appendHex(StringBuilder out, Expression.Hex hex, Event event) {
    byte[] content = arrayBytes(hex.array(), event);
    long length = Math.min(numbers.valueOf(hex.length(), event), content.length);
    for (int i = 0; i < length; i++) {
      out.append(i > 0 && hex.separated() ? " " : "");
      appendByte(out, content[i]);
    }
  }

  static void appendByte(StringBuilder out, byte value) {
    out.append(Character.forDigit(value >> 4 & 0xf, 16))
        .append(Character.forDigit(value & 0xf, 16));
  }

  private void appendIntegers(StringBuilder out, Expression.IntegerArray array, Event event) {
    byte[] content = arrayBytes(array.array(), event);
    long count = numbers.valueOf(array.count(), event);
    int bytes = (int) numbers.valueOf(array.elementBytes(), event);
    int element = bytes == 2 || bytes == 4 || bytes == 8 ? bytes : 1;
    ByteOrder order = context.order();
    out.append('{');
    for (int i = 0; i < count && (i + 1) * element <= content.length; i++) {
      out.append(i > 0 ? "," : "").append("0x");
      out.append(Long.toHexString(FieldBytes.number(content, i * element, element, order)));
    }
    out.append('}');
  }

  private void appendCall(StringBuilder out, Expression.Call call, Event event) {
    long argument = numbers.valueOf(call, event);
    switch (call.function()) {
      case JBD2_DEV_TO_NAME -> {
        int device = (int) argument;
        out.append(device >>> 20).append(':').append(device & 0xfffff);
      }
      case JIFFIES_TO_MSECS -> out.append(argument);
    }
  }
}
