package besser.trace.format;

import besser.trace.EventFormat;
import besser.trace.Field;
import besser.trace.TraceFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parses one {@code events/SYSTEM/NAME/format} file. */
public final class FormatFile {
  /** More fields than any kernel event has; a guard against hostile files. */
  private static final int FIELDS_LIMIT = 4096;

  private static final int EVENT_BYTES_LIMIT = 1 << 20;

  private static final Map<String, Integer> TYPE_BYTES = new HashMap<>();

  static {
    for (String type : List.of("char", "u8", "s8", "__u8", "__s8", "bool", "uint8_t", "int8_t")) {
      TYPE_BYTES.put(type, 1);
    }
    for (String type : List.of("short", "u16", "s16", "__u16", "__s16", "uint16_t", "int16_t")) {
      TYPE_BYTES.put(type, 2);
    }
    for (String type :
        List.of("int", "unsigned", "u32", "s32", "__u32", "__s32", "uint32_t", "int32_t")) {
      TYPE_BYTES.put(type, 4);
    }
    for (String type : List.of("u64", "s64", "__u64", "__s64", "uint64_t", "int64_t")) {
      TYPE_BYTES.put(type, 8);
    }
  }

  private final String text;
  private final String system;
  private final int longBytes;
  private final String place;
  private final List<Field> common = new ArrayList<>();
  private final List<Field> own = new ArrayList<>();
  private String name = "";
  private int id = -1;
  private String printFormat = "";

  private FormatFile(String text, String system, int longBytes, String place) {
    this.text = text;
    this.system = system;
    this.longBytes = longBytes;
    this.place = place;
  }

  /**
   * Parses a format file.
   *
   * @param text the file's content
   * @param system the event's group
   * @param longBytes size of the traced kernel's {@code long}: 4 or 8
   * @param place where the text comes from, for the error
   * @throws TraceFormatException when name, id or a field cannot be understood
   */
  public static EventFormat parse(String text, String system, int longBytes, String place) {
    return new FormatFile(text, system, longBytes, place).parse();
  }

  private EventFormat parse() {
    boolean inFields = false;
    boolean inOwn = false;
    int from = 0;
    while (from < text.length()) {
      int newline = text.indexOf('\n', from);
      int end = newline < 0 ? text.length() : newline;
      String line = text.substring(from, end);
      if (line.startsWith("print fmt:")) {
        printFormat = text.substring(from + "print fmt:".length()).strip();
        break;
      }
      if (line.startsWith("name:")) {
        name = line.substring(5).strip();
      } else if (line.startsWith("ID:")) {
        id = parseInt(line.substring(3).strip(), from, 0xffff);
      } else if (line.startsWith("format:")) {
        inFields = true;
      } else if (inFields && line.strip().startsWith("field")) {
        addField(line.strip(), from, inOwn ? own : common);
      } else if (inFields && line.isBlank() && !common.isEmpty()) {
        inOwn = true;
      }
      from = end + 1;
    }
    if (name.isEmpty() || id < 0) {
      throw new TraceFormatException(place, 0, "an event's name and ID", shortened(text));
    }
    return new EventFormat(id, system, name, common, own, printFormat);
  }

  private void addField(String line, int at, List<Field> into) {
    if (common.size() + own.size() >= FIELDS_LIMIT) {
      throw new TraceFormatException(place, at, "at most " + FIELDS_LIMIT + " fields", "more");
    }
    // "field:TYPE NAME;\toffset:N;\tsize:N;\tsigned:N;", where ftrace may say "field special:"
    int colon = line.indexOf(':');
    int semicolon = line.indexOf(';');
    if (colon < 0 || semicolon < colon) {
      throw new TraceFormatException(place, at, "a field declaration", shortened(line));
    }
    String declaration = line.substring(colon + 1, semicolon).strip();
    int offset = parseInt(attribute(line, "offset:", at), at, EVENT_BYTES_LIMIT);
    int size = parseInt(attribute(line, "size:", at), at, EVENT_BYTES_LIMIT);
    boolean signed = line.contains("signed:1") || (!line.contains("signed:") && isSignedType(line));
    into.add(declare(declaration, common.size() + own.size(), offset, size, signed, at));
  }

  private Field declare(
      String declaration, int index, int offset, int size, boolean signed, int at) {
    String brackets = "";
    int bracket = declaration.indexOf('[');
    String named = declaration;
    if (bracket >= 0 && declaration.endsWith("]")) {
      // "char comm[16]"
      brackets = declaration.substring(bracket);
      named = declaration.substring(0, bracket).strip();
    }
    String bits = "";
    int colon = named.lastIndexOf(':');
    if (colon > 0) {
      bits = ":" + parseInt(named.substring(colon + 1).strip(), at, 64);
      named = named.substring(0, colon).strip();
    }
    int nameStart = startOfLastName(named);
    if (nameStart <= 0 || nameStart >= named.length()) {
      throw new TraceFormatException(place, at, "a type and a name", shortened(declaration));
    }
    String type = named.substring(0, nameStart).strip() + brackets + bits;
    int element = elementBytes(type, size);
    Field.Kind kind = kindOf(type, size);
    String fieldName = named.substring(nameStart);
    return new Field(fieldName, type, index, offset, size, element, signed, kind);
  }

  private static int startOfLastName(String declaration) {
    int at = declaration.length();
    while (at > 0 && isNamePart(declaration.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static Field.Kind kindOf(String type, int size) {
    boolean chars = elementType(type).equals("char");
    if (type.startsWith("__data_loc")) {
      return chars ? Field.Kind.DYNAMIC_TEXT : Field.Kind.DYNAMIC_ARRAY;
    }
    if (type.startsWith("__rel_loc")) {
      return chars ? Field.Kind.RELATIVE_TEXT : Field.Kind.RELATIVE_ARRAY;
    }
    if (type.contains("[")) {
      return chars ? Field.Kind.TEXT : Field.Kind.ARRAY;
    }
    boolean numberSized = size == 1 || size == 2 || size == 4 || size == 8;
    if (numberSized && type.contains(":")) {
      return Field.Kind.BITFIELD;
    }
    return numberSized ? Field.Kind.NUMBER : Field.Kind.ARRAY;
  }

  /** The type without location prefix, qualifiers and brackets. */
  private static String elementType(String type) {
    int bracket = type.indexOf('[');
    String element = bracket < 0 ? type : type.substring(0, bracket);
    for (String prefix : List.of("__data_loc ", "__rel_loc ", "const ", "signed ")) {
      if (element.startsWith(prefix)) {
        element = element.substring(prefix.length());
      }
    }
    return element.strip();
  }

  private int elementBytes(String type, int size) {
    int bracket = type.indexOf('[');
    if (bracket < 0) {
      return Math.max(1, isNumberSized(size) ? size : 1);
    }
    int declared = typeBytes(elementType(type));
    int close = type.indexOf(']', bracket);
    String count = type.substring(bracket + 1, Math.max(bracket + 1, close)).strip();
    if (!count.isEmpty() && count.chars().allMatch(Character::isDigit) && count.length() < 8) {
      int elements = Integer.parseInt(count);
      if (elements > 0 && size % elements == 0 && isNumberSized(size / elements)) {
        return size / elements;
      }
    }
    return declared;
  }

  private static boolean isNumberSized(int size) {
    return size == 1 || size == 2 || size == 4 || size == 8;
  }

  private int typeBytes(String element) {
    if (element.contains("long long")) {
      return 8;
    }
    if (element.contains("long") || element.endsWith("*")) {
      return longBytes;
    }
    String bare = element.startsWith("unsigned ") ? element.substring(9) : element;
    return TYPE_BYTES.getOrDefault(bare, 1);
  }

  private static boolean isSignedType(String line) {
    return !line.contains("unsigned") && !line.contains("*");
  }

  private String attribute(String line, String key, int at) {
    int start = line.indexOf(key, line.indexOf(';'));
    int end = start < 0 ? -1 : line.indexOf(';', start);
    if (end < 0) {
      throw new TraceFormatException(place, at, "'" + key + "N;' in a field", shortened(line));
    }
    return line.substring(start + key.length(), end).strip();
  }

  private int parseInt(String digits, int at, int limit) {
    try {
      int value = Integer.parseInt(digits);
      if (value >= 0 && value <= limit) {
        return value;
      }
    } catch (NumberFormatException e) {
      // reported below with what was found
    }
    throw new TraceFormatException(
        place, at, "a number from 0 to " + limit, "'" + shortened(digits) + "'");
  }

  private static String shortened(String found) {
    return found.length() <= 60 ? found : found.substring(0, 60) + "...";
  }
}
