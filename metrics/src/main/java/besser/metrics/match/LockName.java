package besser.metrics.match;

import besser.trace.Event;
import besser.trace.Field;
import java.util.OptionalLong;

/**
 * A lock as an engineer writes it ({@code rx_queue_lock}, {@code rx_queue->lock}), held against the
 * name lockdep gives its class: the expression the lock was initialised with, such as {@code
 * &self->rx_queue_lock}. It fits when it is that expression or its last members; {@code ->} and
 * {@code .} are the same.
 */
public final class LockName {
  private final String name;

  private LockName(String name) {
    this.name = name;
  }

  /** A lock name from its text. */
  public static LockName of(String text) {
    String plain = text.startsWith("&") ? text.substring(1) : text;
    return new LockName(plain.replace("->", "."));
  }

  /** Whether the lock was written as this address ({@code 0x...}). */
  public boolean isAddress(long address) {
    return name.startsWith("0x") && FilterCompiler.parse(name).equals(OptionalLong.of(address));
  }

  /** Whether a lock class's name fits. */
  public boolean matches(String className) {
    String plain = className.replace("->", ".");
    int before = plain.length() - name.length() - 1;
    return plain.endsWith(name)
        && (before < 0 || plain.charAt(before) == '.' || plain.charAt(before) == '&');
  }

  /**
   * Whether a text field holds the name of a lock class that fits. Allocates nothing, except for a
   * kept text with an arrow in it.
   */
  public boolean matches(Event event, Field field) {
    if (event.keepsTexts()) return matches(event.text(field));
    int at = textLength(event, field) - 1;
    for (int i = name.length() - 1; i >= 0; i--) {
      if (at < 0) {
        return false;
      }
      char found = character(event, field, at);
      boolean arrow = found == '>' && at > 0 && character(event, field, at - 1) == '-';
      if ((arrow ? '.' : found) != name.charAt(i)) {
        return false;
      }
      at -= arrow ? 2 : 1;
    }
    if (at < 0) {
      return true;
    }
    char before = character(event, field, at);
    return before == '.'
        || before == '&'
        || (before == '>' && at > 0 && character(event, field, at - 1) == '-');
  }

  private static char character(Event event, Field field, int index) {
    return (char) (event.element(field, index) & 0xff);
  }

  private static int textLength(Event event, Field field) {
    // lock names are dynamic texts, which end where their NUL is
    int length = event.length(field);
    while (length > 0 && event.element(field, length - 1) == 0) {
      length--;
    }
    return length;
  }

  @Override
  public String toString() {
    return name;
  }
}
