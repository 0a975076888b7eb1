package besser.rig.run;

import java.util.List;

/**
 * The link died: an outcome, not an error.
 *
 * @param atSeconds after the start of its step
 * @param reason as the driver gives it
 * @param log the kernel log that led to it, oldest line first
 */
public record LinkDeath(double atSeconds, String reason, List<String> log) {
  public LinkDeath {
    log = List.copyOf(log);
    if (!(atSeconds >= 0)) {
      throw new IllegalArgumentException("link death must be at >= 0 s, got " + atSeconds);
    }
  }
}
