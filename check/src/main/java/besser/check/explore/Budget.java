package besser.check.explore;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long to search: until either bound is reached.
 *
 * @param time wall-clock time, positive
 * @param schedules how many runs, at least 1
 */
public record Budget(Duration time, long schedules) {
  private static final Duration FOREVER = Duration.ofDays(3650);
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Pattern COUNT = Pattern.compile("\\d{1,18}");

  public Budget {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("budget's time must be > 0, got " + time);
    }
    if (schedules < 1) {
      throw new IllegalArgumentException("budget's schedules must be >= 1, got " + schedules);
    }
  }

  /** So many runs, however long they take. */
  public static Budget ofSchedules(long schedules) {
    return new Budget(FOREVER, schedules);
  }

  /** So much time. */
  public static Budget ofTime(Duration time) {
    return new Budget(time, Long.MAX_VALUE);
  }

  /** Whether time bounds it. */
  public boolean isTimed() {
    return time.compareTo(FOREVER) < 0;
  }

  /**
   * Reads {@code 60s}, {@code 500ms}, {@code 2m}, {@code 1h} or a number of schedules.
   *
   * @throws IllegalArgumentException naming what it cannot read
   */
  public static Budget parse(String text) {
    Matcher matcher = TIME.matcher(text);
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      return ofTime(
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
          });
    }
    if (COUNT.matcher(text).matches()) return ofSchedules(Long.parseLong(text));
    throw new IllegalArgumentException(
        "budget must be a time like 60s or 2m, or a number of schedules, got " + text);
  }

  @Override
  public String toString() {
    if (!isTimed()) return schedules + " schedules";
    String seconds = time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    return schedules == Long.MAX_VALUE ? seconds : seconds + " or " + schedules + " schedules";
  }
}
