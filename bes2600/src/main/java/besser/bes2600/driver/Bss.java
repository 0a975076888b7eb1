package besser.bes2600.driver;

/**
 * The access point to join.
 *
 * @param bssid its address, 48 bits, first byte highest
 * @param channel channel number, at least 1
 * @param beaconIntervalTu beacon interval in time units of 1024 us
 * @param dtimPeriod beacons per DTIM
 * @param aid association id that it gives us, 1 to 2007
 * @param ht whether it is an HT access point
 */
public record Bss(
    long bssid, int channel, int beaconIntervalTu, int dtimPeriod, int aid, boolean ht) {
  public Bss {
    if (bssid >>> 48 != 0) throw new IllegalArgumentException("bssid must fit 48 bits");
    if (channel < 1) throw new IllegalArgumentException("channel must be >= 1, got " + channel);
    if (beaconIntervalTu < 1) {
      throw new IllegalArgumentException("beaconIntervalTu must be >= 1, got " + beaconIntervalTu);
    }
    if (dtimPeriod < 1) {
      throw new IllegalArgumentException("dtimPeriod must be >= 1, got " + dtimPeriod);
    }
    if (aid < 1 || aid > 2007) {
      throw new IllegalArgumentException("aid must be in 1..2007, got " + aid);
    }
  }
}
