package besser.trace.text;

import besser.trace.EventFormat;
import besser.trace.Field;
import besser.trace.MemoryEvent;
import java.util.ArrayList;
import java.util.List;

/** Takes the text of an event apart: its name, and the fields that print as pairs. */
final class EventFieldText {
  private final List<String> keys = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private String name = "";

  String name() {
    return name;
  }

  List<String> keys() {
    return keys;
  }

  boolean isNumber(int index) {
    return isNumber(values.get(index));
  }

  /** Parses {@code name: text}, or {@code function <-caller} of the function tracer. */
  boolean parse(String line, int from) {
    keys.clear();
    values.clear();
    int colon = from;
    while (colon < line.length() && isNamePart(line.charAt(colon))) {
      colon++;
    }
    if (colon == from) {
      return false;
    }
    name = line.substring(from, colon);
    if (colon < line.length() && line.charAt(colon) == ':') {
      parsePairs(line.substring(colon + 1));
      return true;
    }
    return parseFunctionTracer(line, colon);
  }

  private boolean parseFunctionTracer(String line, int functionEnd) {
    int arrow = line.indexOf("<-", functionEnd);
    if (arrow < 0) {
      return false;
    }
    keys.add("ip");
    values.add(name);
    keys.add("parent_ip");
    values.add(line.substring(arrow + 2).strip());
    name = "function";
    return true;
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private void parsePairs(String raw) {
    String text = withPlainKeys(raw);
    int at = nextKey(text, 0);
    while (at >= 0) {
      int equals = text.indexOf('=', at);
      int next = nextKey(text, equals + 1);
      int end = next < 0 ? text.length() : next;
      keys.add(text.substring(at, equals));
      values.add(cleaned(text.substring(equals + 1, end)));
      at = next;
    }
  }

  /** Work queue events print {@code work struct X: function F} where others print pairs. */
  private String withPlainKeys(String raw) {
    if (!name.startsWith("workqueue_")) {
      return raw;
    }
    return raw.replace("work struct=", "work=")
        .replace("work struct ", "work=")
        .replace(": function ", " function=");
  }

  /** Where the next {@code key=} starts, at the begin of a word. */
  private static int nextKey(String text, int from) {
    for (int equals = text.indexOf('=', from);
        equals >= 0;
        equals = text.indexOf('=', equals + 1)) {
      int start = equals;
      while (start > from && isNamePart(text.charAt(start - 1))) {
        start--;
      }
      boolean atWord = start == 0 || text.charAt(start - 1) == ' ' || text.charAt(start - 1) == '[';
      if (start < equals && atWord && (start > from || from == 0)) {
        return start;
      }
    }
    return -1;
  }

  private static String cleaned(String value) {
    String text = value.strip();
    if (text.endsWith(" ==>")) {
      text = text.substring(0, text.length() - 4).strip();
    }
    if (text.endsWith("[") || text.endsWith(",")) {
      text = text.substring(0, text.length() - 1).strip();
    }
    boolean unopened = text.endsWith("]") && text.indexOf('[') < 0;
    return unopened ? text.substring(0, text.length() - 1) : text;
  }

  private static boolean isNumber(String value) {
    int length = value.length();
    if (length > 2 && length <= 18 && value.startsWith("0x")) {
      return allDigits(value, 2, 16);
    }
    int from = value.startsWith("-") ? 1 : 0;
    return length > from && length - from <= 18 && allDigits(value, from, 10);
  }

  private static boolean allDigits(String value, int from, int radix) {
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c > 'f' || Character.digit(c, radix) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Puts the values into an event of the format that was made for these fields. */
  void fill(MemoryEvent event, EventFormat format) {
    for (int i = 0; i < keys.size(); i++) {
      Field field = format.fields().get(i);
      String value = values.get(i);
      if (field.kind() == Field.Kind.NUMBER) {
        event.set(field, parseNumber(value));
      } else {
        event.set(field, value);
      }
    }
  }

  private static long parseNumber(String value) {
    return value.startsWith("0x")
        ? Long.parseUnsignedLong(value, 2, value.length(), 16)
        : Long.parseLong(value);
  }
}
