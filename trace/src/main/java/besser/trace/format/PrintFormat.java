package besser.trace.format;

import besser.trace.EventFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A print format, ready to be rendered: literal texts and conversions with their arguments. */
final class PrintFormat {

  /** One part of the text. */
  sealed interface Piece {}

  /** Text that is the same for every event. */
  record Literal(String text) implements Piece {}

  /** A number; {@code star} is the argument of {@code *}, if any. */
  record NumberPiece(Conversion conversion, Optional<Expression> star, Expression argument)
      implements Piece {}

  /** A {@code %s}. */
  record TextPiece(Conversion conversion, Optional<Expression> star, Expression argument)
      implements Piece {}

  /** A {@code %p} with the letters behind it. */
  record PointerPiece(String suffix, Optional<Expression> star, Expression argument)
      implements Piece {}

  private final List<Piece> pieces = new ArrayList<>();
  private final String text;
  private final List<Expression> arguments;
  private int at;
  private int nextArgument;

  private PrintFormat(String text, List<Expression> arguments)
      throws UnsupportedPrintFormatException {
    this.text = text;
    this.arguments = arguments;
    while (at < text.length()) {
      if (text.charAt(at) == '%' && !text.startsWith("%%", at)) {
        addConversion();
      } else {
        addLiteral();
      }
    }
  }

  static PrintFormat parse(EventFormat format, int longBytes, ReportStyle style)
      throws UnsupportedPrintFormatException {
    PrintFormatParser parser = new PrintFormatParser(format, longBytes, style);
    String text = parser.formatText();
    return new PrintFormat(text, parser.arguments());
  }

  List<Piece> pieces() {
    return pieces;
  }

  List<Expression> arguments() {
    return arguments;
  }

  private void addLiteral() {
    StringBuilder literal = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '%' && !text.startsWith("%%", at)) {
        break;
      }
      at++;
      if (c == '\\' && at < text.length()) {
        literal.append(unescaped(text.charAt(at++)));
      } else {
        literal.append(c);
        at += c == '%' ? 1 : 0;
      }
    }
    pieces.add(new Literal(literal.toString()));
  }

  private static char unescaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      default -> c;
    };
  }

  private void addConversion() throws UnsupportedPrintFormatException {
    at++;
    StringBuilder flags = new StringBuilder();
    while (at < text.length() && "-0#+ ".indexOf(text.charAt(at)) >= 0) {
      flags.append(text.charAt(at++));
    }
    Optional<Expression> star = Optional.empty();
    int width = 0;
    int precision = -1;
    if (accept('*')) {
      width = Conversion.FROM_ARGUMENT;
      star = Optional.of(argument());
    } else {
      width = Math.max(0, number());
    }
    if (accept('.')) {
      if (accept('*')) {
        precision = Conversion.FROM_ARGUMENT;
        if (star.isPresent()) {
          throw new UnsupportedPrintFormatException("two lengths from arguments");
        }
        star = Optional.of(argument());
      } else {
        precision = Math.max(0, number());
      }
    }
    int longs = lengthModifier();
    addByLetter(flags.toString(), width, precision, longs, star);
  }

  private void addByLetter(
      String flags, int width, int precision, int longs, Optional<Expression> star)
      throws UnsupportedPrintFormatException {
    if (at >= text.length()) {
      throw new UnsupportedPrintFormatException("a conversion without a letter");
    }
    char letter = text.charAt(at++);
    Conversion conversion = new Conversion(flags, width, precision, longs, letter);
    switch (letter) {
      case 'd', 'i', 'u', 'x', 'X', 'o', 'c' ->
          pieces.add(new NumberPiece(conversion, star, argument()));
      case 's' -> pieces.add(new TextPiece(conversion, star, argument()));
      case 'p' -> {
        int length = PointerText.suffixLength(text, at);
        String suffix = text.substring(at, at + length);
        at += length;
        pieces.add(new PointerPiece(suffix, star, argument()));
      }
      default -> pieces.add(new Literal(">" + letter + "<"));
    }
  }

  private Expression argument() throws UnsupportedPrintFormatException {
    if (nextArgument >= arguments.size()) {
      throw new UnsupportedPrintFormatException("a conversion without an argument");
    }
    return arguments.get(nextArgument++);
  }

  private boolean accept(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private int number() {
    int value = -1;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      value = Math.min(Math.max(value, 0) * 10 + text.charAt(at++) - '0', 10_000);
    }
    return value;
  }

  private int lengthModifier() {
    int longs = 0;
    while (at < text.length()) {
      switch (text.charAt(at)) {
        case 'h' -> longs--;
        case 'l' -> longs++;
        case 'L' -> longs = 2;
        case 'z', 'Z' -> longs = 1;
        default -> {
          return longs;
        }
      }
      at++;
    }
    return longs;
  }
}
