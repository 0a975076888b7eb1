package besser.metrics.measure;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * When a link counts as dead: a line of the kernel log says so and no byte comes after it, or, with
 * or without such a line, no byte comes at all any more.
 *
 * @param signs what such lines hold
 * @param grace how long after the line bytes may still trickle in, {@code >= 0}
 * @param silence how long before the end of a window the last byte must lie for a death without a
 *     line, {@code > 0}
 */
public record LinkDeath(List<Pattern> signs, Duration grace, Duration silence) {

  /**
   * What mac80211 logs when a station loses its access point, and the BES2600 driver's forced
   * close; one second of grace, 30 seconds of silence.
   */
  public static final LinkDeath USUAL =
      new LinkDeath(
          List.of(
              Pattern.compile("deauthenticated from "),
              Pattern.compile("disassociated from "),
              Pattern.compile("[Cc]onnection to AP .*lost"),
              Pattern.compile("(wifi_)?force.?close", Pattern.CASE_INSENSITIVE)),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30));

  public LinkDeath {
    signs = List.copyOf(signs);
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must be >= 0, got " + grace);
    }
    if (silence.isNegative() || silence.isZero()) {
      throw new IllegalArgumentException("silence must be > 0, got " + silence);
    }
  }

  boolean isSign(String message) {
    return signs.stream().anyMatch(sign -> sign.matcher(message).find());
  }
}
