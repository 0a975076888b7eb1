package besser.trace.format;

import besser.trace.EventFormat;
import besser.trace.Field;

/** The text of an event's {@code format} file, as the kernel shows it (f_show). */
public final class FormatText {
  private FormatText() {}

  /** The text that {@link FormatFile} reads back as the same format. */
  public static String of(EventFormat format) {
    StringBuilder text = new StringBuilder();
    text.append("name: ").append(format.name()).append("\nID: ").append(format.id());
    text.append("\nformat:\n");
    format.commonFields().forEach(field -> append(text, field));
    text.append('\n');
    format.fields().forEach(field -> append(text, field));
    String print = format.printFormat().isBlank() ? "\"\"" : format.printFormat();
    return text.append("\nprint fmt: ").append(print).append('\n').toString();
  }

  private static void append(StringBuilder text, Field field) {
    text.append("\tfield:").append(declaration(field));
    text.append(";\toffset:").append(field.offsetBytes());
    text.append(";\tsize:").append(field.sizeBytes());
    text.append(";\tsigned:").append(field.signed() ? 1 : 0).append(";\n");
  }

  /**
   * In C the bounds of an array and the width of a bit field stand behind the name, but not where
   * only the place of an array is kept.
   */
  private static String declaration(Field field) {
    String type = field.type();
    int end = field.kind() == Field.Kind.BITFIELD ? type.lastIndexOf(':') : type.indexOf('[');
    return end < 0 || field.kind().isDynamic()
        ? type + " " + field.name()
        : type.substring(0, end) + " " + field.name() + type.substring(end);
  }
}
