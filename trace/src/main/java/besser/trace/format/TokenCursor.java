package besser.trace.format;

import besser.trace.format.PrintFormatLexer.Token;
import java.util.List;

/** The tokens of a print format, read from first to last; the last one stands for its end. */
final class TokenCursor {
  private final List<Token> tokens;
  private int at;

  TokenCursor(List<Token> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  /** How many tokens have been read. */
  int position() {
    return at;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peekAt(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    skip(1);
    return token;
  }

  void skip(int count) {
    at = Math.min(at + count, tokens.size() - 1);
  }

  /** Reads an operator if it comes next. */
  boolean accept(String operator) {
    if (peek().is(operator)) {
      skip(1);
      return true;
    }
    return false;
  }

  void expect(String operator) throws UnsupportedPrintFormatException {
    if (!accept(operator)) {
      throw new UnsupportedPrintFormatException(
          "'%s' where '%s' should be".formatted(peek().text(), operator));
    }
  }

  /** Whether what was read from a position on is one parenthesis and nothing else. */
  boolean isOneParenthesis(int from) {
    return tokens.get(from).is("(") && closingOf(from) == at - 1;
  }

  /** The token that closes the parenthesis opened at a token, or -1. */
  private int closingOf(int opening) {
    int open = 0;
    for (int i = opening; i < tokens.size(); i++) {
      if (tokens.get(i).is("(")) {
        open++;
      } else if (tokens.get(i).is(")") && --open == 0) {
        return i;
      }
    }
    return -1;
  }
}
