package besser.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them. */
final class Durations {
  private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|min|h)?");

  /** What {@code --quick} divides a ramp's durations by. */
  static final int QUICK_DIVISOR = 60;

  private Durations() {}

  /** By how much a ramp's durations are divided. */
  static int divisor(boolean quick) {
    return quick ? QUICK_DIVISOR : 1;
  }

  /** Reads {@code 10s}, {@code 500ms}, {@code 5m}, {@code 1h}; a bare number is of seconds. */
  static Duration parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new BadInput("a duration is written 10s, 500ms, 5m or 1h, got '" + text + "'");
    }
    double seconds =
        Double.parseDouble(form.group(1))
            * switch (String.valueOf(form.group(2))) {
              case "ms" -> 1e-3;
              case "m", "min" -> 60;
              case "h" -> 3600;
              default -> 1;
            };
    Duration duration = Duration.ofNanos(Math.round(seconds * 1e9));
    if (duration.isZero()) {
      throw new BadInput("a duration must be > 0, got '" + text + "'");
    }
    return duration;
  }
}
