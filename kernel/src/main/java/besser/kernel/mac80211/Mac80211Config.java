package besser.kernel.mac80211;

import java.util.List;

/**
 * A station interface that has joined.
 *
 * @param route the station, its access point and whoever is behind it
 * @param rates the retry chain put on every data frame
 * @param ivBytes IV that mac80211 leaves room for in frames to send; 0 when the firmware adds it
 * @param icvBytes ICV that the driver must add; 0 when the firmware does
 * @param queueLimit packets that one access category may hold before more are dropped
 */
public record Mac80211Config(
    QosDataFrame.Route route, List<TxRate> rates, int ivBytes, int icvBytes, int queueLimit) {
  public Mac80211Config {
    rates = List.copyOf(rates);
    if (queueLimit < 1) {
      throw new IllegalArgumentException("queue limit must be >= 1, got " + queueLimit);
    }
  }

  /** One spatial stream, 20 MHz, frames protected by the firmware alone. */
  public static Mac80211Config station(QosDataFrame.Route route) {
    List<TxRate> rates =
        List.of(new TxRate(7, 4, true), new TxRate(4, 4, true), new TxRate(0, 4, true));
    return new Mac80211Config(route, rates, 0, 0, 4096);
  }
}
