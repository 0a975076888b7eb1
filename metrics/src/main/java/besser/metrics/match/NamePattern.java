package besser.metrics.match;

import besser.trace.CompilerClones;
import besser.trace.Event;
import besser.trace.Field;

/**
 * A name in which {@code *} stands for any text and {@code ?} for any one character, as in the
 * kernel's {@code ~} filters. Immutable; matching allocates nothing.
 */
public final class NamePattern {
  private final String pattern;
  private final boolean literal;

  private NamePattern(String pattern, boolean literal) {
    this.pattern = pattern;
    this.literal = literal;
  }

  /** A pattern from its text. */
  public static NamePattern of(String pattern) {
    return new NamePattern(pattern, pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0);
  }

  /** A pattern that only its own text fits, {@code *} and {@code ?} included. */
  public static NamePattern literal(String name) {
    return new NamePattern(name, true);
  }

  /** Whether the whole of {@code name} fits. */
  public boolean matches(String name) {
    return literal ? pattern.equals(name) : glob(name);
  }

  /**
   * Whether a function's name fits, as it is or without what compilers append to it ({@code
   * .isra.0}, {@code .constprop.0}, {@code .cold}).
   */
  public boolean matchesFunction(String symbol) {
    return matches(symbol)
        || (symbol.indexOf('.') > 0 && matches(CompilerClones.originalOf(symbol)));
  }

  private boolean glob(String name) {
    int at = 0;
    int in = 0;
    int star = -1;
    int retry = 0;
    while (at < name.length()) {
      if (in < pattern.length() && pattern.charAt(in) == '*') {
        star = in++;
        retry = at;
      } else if (in < pattern.length() && fits(pattern.charAt(in), name.charAt(at))) {
        in++;
        at++;
      } else if (star >= 0) {
        in = star + 1;
        at = ++retry;
      } else {
        return false;
      }
    }
    return onlyStarsFrom(in);
  }

  /** Whether a text field's content fits, up to its first NUL. */
  public boolean matches(Event event, Field field) {
    return literal ? equalsText(event, field) : globText(event, field);
  }

  private boolean equalsText(Event event, Field field) {
    int length = event.length(field);
    if (length < pattern.length()) {
      return false;
    }
    for (int i = 0; i < pattern.length(); i++) {
      if ((event.element(field, i) & 0xff) != pattern.charAt(i)) {
        return false;
      }
    }
    return length == pattern.length() || event.element(field, pattern.length()) == 0;
  }

  private boolean globText(Event event, Field field) {
    int length = event.length(field);
    int at = 0;
    int in = 0;
    int star = -1;
    int retry = 0;
    while (at < length) {
      char found = (char) (event.element(field, at) & 0xff);
      if (found == 0) {
        break;
      }
      if (in < pattern.length() && pattern.charAt(in) == '*') {
        star = in++;
        retry = at;
      } else if (in < pattern.length() && fits(pattern.charAt(in), found)) {
        in++;
        at++;
      } else if (star >= 0) {
        in = star + 1;
        at = ++retry;
      } else {
        return false;
      }
    }
    return onlyStarsFrom(in);
  }

  private static boolean fits(char wanted, char found) {
    return wanted == found || wanted == '?';
  }

  private boolean onlyStarsFrom(int from) {
    for (int i = from; i < pattern.length(); i++) {
      if (pattern.charAt(i) != '*') {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return pattern;
  }
}
