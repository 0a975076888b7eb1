package besser.metrics;

import java.time.Duration;
import java.util.List;

/**
 * The link died in a window.
 *
 * @param after how long after the window's start, {@code >= 0}
 * @param kernelLog the lines that led to it, oldest first; the last says that it died, unless the
 *     link fell silent without a line
 */
public record LinkEnd(Duration after, List<String> kernelLog) {
  public LinkEnd {
    kernelLog = List.copyOf(kernelLog);
    if (after.isNegative()) {
      throw new IllegalArgumentException("a link must die at >= 0 s, got " + after);
    }
  }
}
