package besser.trace.format;

import java.util.ArrayList;
import java.util.List;

/** Splits a print format into tokens. */
final class PrintFormatLexer {
  /** What a token is. */
  enum Kind {
    NAME,
    NUMBER,
    CHARACTER,
    TEXT,
    OPERATOR,
    END
  }

  /** One token; of a text, what is between the quotes, escapes kept. */
  record Token(Kind kind, String text) {
    boolean is(String operator) {
      return kind == Kind.OPERATOR && text.equals(operator);
    }
  }

  private static final List<String> LONG_OPERATORS =
      List.of("->", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||");

  private final String text;
  private int at;

  private PrintFormatLexer(String text) {
    this.text = text;
  }

  /** All tokens, the last of kind {@link Kind#END}. */
  static List<Token> tokens(String text) throws UnsupportedPrintFormatException {
    PrintFormatLexer lexer = new PrintFormatLexer(text);
    List<Token> tokens = new ArrayList<>();
    Token token;
    do {
      token = lexer.next();
      tokens.add(token);
    } while (token.kind() != Kind.END);
    return tokens;
  }

  private Token next() throws UnsupportedPrintFormatException {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at >= text.length()) {
      return new Token(Kind.END, "");
    }
    char c = text.charAt(at);
    if (c == '"' || c == '\'') {
      return quoted(c);
    }
    if (Character.isLetterOrDigit(c) || c == '_') {
      int start = at;
      while (at < text.length() && isWordPart(text.charAt(at))) {
        at++;
      }
      Kind kind = Character.isDigit(c) ? Kind.NUMBER : Kind.NAME;
      return new Token(kind, text.substring(start, at));
    }
    for (String operator : LONG_OPERATORS) {
      if (text.startsWith(operator, at)) {
        at += operator.length();
        return new Token(Kind.OPERATOR, operator);
      }
    }
    at++;
    return new Token(Kind.OPERATOR, String.valueOf(c));
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private Token quoted(char quote) throws UnsupportedPrintFormatException {
    int start = ++at;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      throw new UnsupportedPrintFormatException("a quote that is not closed");
    }
    String inside = text.substring(start, at++);
    return new Token(quote == '"' ? Kind.TEXT : Kind.CHARACTER, inside);
  }
}
