package besser.bes2600.card;

import besser.bes2600.air.BeaconParameters;
import besser.bes2600.air.Frame;
import besser.bes2600.wire.LittleEndian;
import besser.kernel.mac80211.MacAddress;

/** Builds an access point's beacons: header, fixed fields, SSID, rates and TIM, then padding. */
final class BeaconFrame {
  private static final int BEACON = 0x80;
  private static final int FIXED = 24;
  private static final int ELEMENTS = FIXED + 12;
  private static final int CAPABILITY_ESS_PRIVACY = 0x0011;
  private static final byte[] SSID = {0, 6, 'b', 'e', 's', 's', 'e', 'r'};
  private static final byte[] RATES = {1, 4, (byte) 0x82, (byte) 0x84, (byte) 0x8b, (byte) 0x96};
  private static final int VENDOR_ELEMENT = 221;
  private static final int LONGEST_ELEMENT = 255;

  private BeaconFrame() {}

  static Frame of(BeaconParameters parameters, MacAddress bssid, long number) {
    byte[] bytes = new byte[Math.max(parameters.frameBytes(), ELEMENTS + 20)];
    bytes[0] = (byte) BEACON;
    for (int i = 0; i < 6; i++) {
      byte octet = (byte) (bssid.bits() >>> (40 - 8 * i));
      bytes[4 + i] = (byte) 0xff;
      bytes[10 + i] = octet;
      bytes[16 + i] = octet;
    }
    LittleEndian.putU16(bytes, 22, (int) (number & 0xfff) << 4);
    LittleEndian.putU32(bytes, FIXED, (int) (number * parameters.intervalTimeUnits() * 1024));
    LittleEndian.putU16(bytes, FIXED + 8, parameters.intervalTimeUnits());
    LittleEndian.putU16(bytes, FIXED + 10, CAPABILITY_ESS_PRIVACY);
    int at = ELEMENTS;
    System.arraycopy(SSID, 0, bytes, at, SSID.length);
    at += SSID.length;
    System.arraycopy(RATES, 0, bytes, at, RATES.length);
    at += RATES.length;
    at = putTim(bytes, at, parameters, number);
    pad(bytes, at);
    return new Frame(bytes, 0, bytes.length);
  }

  private static int putTim(byte[] bytes, int at, BeaconParameters parameters, long number) {
    int period = parameters.dtimPeriod();
    bytes[at] = 5;
    bytes[at + 1] = 4;
    bytes[at + 2] = (byte) ((period - number % period) % period);
    bytes[at + 3] = (byte) period;
    return at + 6;
  }

  private static void pad(byte[] bytes, int from) {
    int at = from;
    while (at + 2 <= bytes.length) {
      int length = Math.min(LONGEST_ELEMENT, bytes.length - at - 2);
      bytes[at] = (byte) VENDOR_ELEMENT;
      bytes[at + 1] = (byte) length;
      at += 2 + length;
    }
  }
}
