package besser.bes2600.station;

import besser.kernel.machine.LogLine;
import java.util.List;

/**
 * The link died: from here on the station is offline.
 *
 * @param atNanos since boot
 * @param reason who gave up and why
 * @param log the last lines of the kernel log, oldest first
 */
public record LinkDeath(long atNanos, String reason, List<LogLine> log) {
  public LinkDeath {
    log = List.copyOf(log);
  }
}
