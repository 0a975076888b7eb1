package besser.trace.format;

import besser.trace.Event;
import besser.trace.Field;
import besser.trace.KernelSymbols.Symbol;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;

/** The {@code %p} family, as libtraceevent's print_arg_pointer renders it. */
final class PointerText {
  private static final int[] UUID_ORDER = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  private static final int[] GUID_ORDER = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};

  private final TextContext context;
  private final FunctionNames functions;
  private final NumberEvaluator numbers;

  PointerText(TextContext context, FunctionNames functions, NumberEvaluator numbers) {
    this.context = context;
    this.functions = functions;
    this.numbers = numbers;
  }

  /** How many letters behind {@code %p} belong to it. */
  static int suffixLength(String format, int at) {
    return switch (charAt(format, at)) {
      case 'F', 'S', 'f', 's' -> 1;
      case 'M', 'm' -> "RF".indexOf(charAt(format, at + 1)) >= 0 ? 2 : 1;
      case 'U' -> "LlBb".indexOf(charAt(format, at + 1)) >= 0 ? 2 : 1;
      case 'h' -> "CDN".indexOf(charAt(format, at + 1)) >= 0 ? 2 : 1;
      case 'I', 'i' -> 1 + addressSuffixLength(format, at + 1);
      default -> 0;
    };
  }

  private static int addressSuffixLength(String format, int at) {
    char version = charAt(format, at);
    int length = 1;
    if (version == 'S') {
      while ("pfs".indexOf(charAt(format, at + length)) >= 0) {
        length++;
      }
    }
    if (version != '6' && version != 'S' && version != '4') {
      return 0;
    }
    if (version != '6' && "hnbl".indexOf(charAt(format, at + length)) >= 0) {
      length++;
    }
    if (version != '4' && charAt(format, at + length) == 'c') {
      length++;
    }
    return length;
  }

  private static char charAt(String text, int at) {
    // a character that is in none of the sets searched for
    return at < text.length() ? text.charAt(at) : '\0';
  }

  void append(StringBuilder out, String suffix, int star, Expression argument, Event event) {
    switch (charAt(suffix, 0)) {
      case 'F', 'f', 'S', 's' -> appendFunction(out, suffix, numbers.valueOf(argument, event));
      case 'M', 'm' -> appendMac(out, suffix, argument, event);
      case 'I', 'i' -> appendAddress(out, suffix, argument, event);
      case 'U' -> appendUuid(out, suffix, argument, event);
      case 'h' -> appendBytes(out, suffix, star, argument, event);
      default -> {
        long address = numbers.valueOf(argument, event);
        out.append(address == 0 ? "(nil)" : "0x" + Long.toHexString(address));
      }
    }
  }

  private void appendFunction(StringBuilder out, String suffix, long address) {
    Optional<Symbol> symbol = functions.find(address);
    if (symbol.isEmpty()) {
      out.append("0x").append(Long.toHexString(address));
      return;
    }
    out.append(symbol.get().name());
    if (suffix.equals("F") || suffix.equals("S")) {
      long offset = address - symbol.get().startAddress();
      out.append("+0x").append(Long.toHexString(offset));
    }
  }

  private byte[] content(Expression argument, Event event) {
    return switch (argument) {
      case Expression.Cast cast -> content(cast.operand(), event);
      case Expression.FieldValue value -> FieldBytes.of(event, value.field(), context.order());
      case Expression.DynamicArray array -> FieldBytes.of(event, array.field(), context.order());
      default -> new byte[0];
    };
  }

  private void appendMac(StringBuilder out, String suffix, Expression argument, Event event) {
    byte[] mac = content(argument, event);
    if (mac.length != 6) {
      out.append("INVALIDMAC");
      return;
    }
    String delimiter = suffix.startsWith("m") ? "" : suffix.equals("MF") ? "-" : ":";
    boolean reversed = suffix.endsWith("R");
    for (int i = 0; i < 6; i++) {
      out.append(i > 0 ? delimiter : "");
      TextEvaluator.appendByte(out, mac[reversed ? 5 - i : i]);
    }
  }

  private void appendAddress(StringBuilder out, String suffix, Expression argument, Event event) {
    boolean padded = suffix.startsWith("i");
    byte[] content = content(argument, event);
    String options = suffix.length() > 2 ? suffix.substring(2) : "";
    switch (charAt(suffix, 1)) {
      case '4' -> {
        if (content.length == 4) {
          appendIpv4(out, content, 0, padded, isReversed(options));
        } else {
          out.append("INVALIDIPv4");
        }
      }
      case '6' -> {
        if (content.length == 16) {
          appendIpv6(out, content, 0, padded, options.equals("c"));
        } else {
          out.append("INVALIDIPv6");
        }
      }
      case 'S' -> appendSocketAddress(out, content, padded, options);
      default -> {}
    }
  }

  private boolean isReversed(String options) {
    boolean little = context.order() == ByteOrder.LITTLE_ENDIAN;
    return options.endsWith("l") || (little && options.endsWith("h"));
  }

  private static void appendIpv4(
      StringBuilder out, byte[] from, int at, boolean padded, boolean reversed) {
    for (int i = 0; i < 4; i++) {
      int part = from[at + (reversed ? 3 - i : i)] & 0xff;
      out.append(i > 0 ? "." : "");
      out.append(padded ? String.format(Locale.ROOT, "%03d", part) : Integer.toString(part));
    }
  }

  private static void appendIpv6(
      StringBuilder out, byte[] from, int at, boolean bare, boolean compressed) {
    if (compressed && !bare) {
      Ipv6Text.appendCompressed(out, from, at);
      return;
    }
    for (int i = 0; i < 16; i++) {
      out.append(!bare && i > 0 && i % 2 == 0 ? ":" : "");
      TextEvaluator.appendByte(out, from[at + i]);
    }
  }

  private void appendSocketAddress(
      StringBuilder out, byte[] address, boolean padded, String options) {
    int family = (int) FieldBytes.number(address, 0, 2, context.order());
    boolean port = options.startsWith("p");
    int portNumber = (int) FieldBytes.number(address, 2, 2, ByteOrder.BIG_ENDIAN);
    if (family == 2) {
      if (address.length < 16) {
        out.append("INVALIDIPv4");
        return;
      }
      appendIpv4(out, address, 4, padded, isReversed(options));
      out.append(port ? ":" + portNumber : "");
    } else if (family == 10) {
      if (address.length < 28) {
        out.append("INVALIDIPv6");
        return;
      }
      out.append(port ? "[" : "");
      appendIpv6(out, address, 8, padded, options.contains("c"));
      out.append(port ? "]:" + portNumber : "");
    }
  }

  private void appendUuid(StringBuilder out, String suffix, Expression argument, Event event) {
    byte[] uuid = content(argument, event);
    if (uuid.length != 16) {
      out.append("INVALIDUUID");
      return;
    }
    boolean little = suffix.equals("Ul") || suffix.equals("UL");
    int[] order = little ? GUID_ORDER : UUID_ORDER;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      TextEvaluator.appendByte(text, uuid[order[i]]);
      text.append(i == 3 || i == 5 || i == 7 || i == 9 ? "-" : "");
    }
    boolean upper = suffix.equals("UL") || suffix.equals("UB");
    out.append(upper ? text.toString().toUpperCase(Locale.ROOT) : text);
  }

  private void appendBytes(
      StringBuilder out, String suffix, int star, Expression argument, Event event) {
    byte[] content = content(argument, event);
    String delimiter =
        switch (suffix) {
          case "hC" -> ":";
          case "hD" -> "-";
          case "hN" -> "";
          default -> " ";
        };
    for (int i = 0; i < Math.min(star, content.length); i++) {
      out.append(i > 0 ? delimiter : "");
      TextEvaluator.appendByte(out, content[i]);
    }
  }

  /** The name of the function at an address, or the empty text; for events with their own text. */
  String functionName(long address) {
    return functions.find(address).map(Symbol::name).orElse("");
  }

  /** Where the function at an address starts, or 0. */
  long functionStart(long address) {
    return functions.find(address).map(Symbol::startAddress).orElse(0L);
  }

  /** A field's number for events with their own text. */
  long number(Event event, Field field) {
    return numbers.unsigned(event, field);
  }
}
