package besser.bes2600.driver;

import besser.bes2600.wire.LittleEndian;

/** The 802.11 header fields that the driver looks at, as linux/ieee80211.h names them. */
final class Dot11 {
  static final int EID_TIM = 5;
  static final int EID_MMIE = 76;
  static final int FCTL_PROTECTED = 0x4000;
  static final int MMIE_BYTES = 18;

  /** Bytes of {@code struct ieee80211_pspoll}: the least that a frame must have. */
  static final int PSPOLL_BYTES = 16;

  private static final int FTYPE = 0x000c;
  private static final int FTYPE_DATA = 0x0008;
  private static final int STYPE_AND_TYPE = 0x00fc;
  private static final int QOS_BIT = 0x0080;
  private static final int TO_DS = 0x0100;
  private static final int FROM_DS = 0x0200;
  private static final int ORDER = 0x8000;

  private Dot11() {}

  static int frameControl(byte[] bytes, int at) {
    return LittleEndian.u16(bytes, at);
  }

  static boolean isData(int fc) {
    return (fc & FTYPE) == FTYPE_DATA;
  }

  static boolean isDataQos(int fc) {
    return isData(fc) && (fc & QOS_BIT) != 0;
  }

  static boolean isBeacon(int fc) {
    return (fc & STYPE_AND_TYPE) == 0x80;
  }

  static boolean isProbeResp(int fc) {
    return (fc & STYPE_AND_TYPE) == 0x50;
  }

  static boolean isProbeReq(int fc) {
    return (fc & STYPE_AND_TYPE) == 0x40;
  }

  static boolean isAuth(int fc) {
    return (fc & STYPE_AND_TYPE) == 0xb0;
  }

  static boolean isDeauth(int fc) {
    return (fc & STYPE_AND_TYPE) == 0xc0;
  }

  static boolean isDisassoc(int fc) {
    return (fc & STYPE_AND_TYPE) == 0xa0;
  }

  static boolean isAction(int fc) {
    return (fc & STYPE_AND_TYPE) == 0xd0;
  }

  static boolean isNullfunc(int fc) {
    return (fc & STYPE_AND_TYPE) == 0x48;
  }

  static boolean isPspoll(int fc) {
    return (fc & STYPE_AND_TYPE) == 0xa4;
  }

  static boolean isProtected(int fc) {
    return (fc & FCTL_PROTECTED) != 0;
  }

  /** {@code ieee80211_hdrlen} of data and management frames, in bytes. */
  static int hdrlen(int fc) {
    if (!isData(fc)) return 24;
    int bytes = (fc & (TO_DS | FROM_DS)) == (TO_DS | FROM_DS) ? 30 : 24;
    if (!isDataQos(fc)) return bytes;
    return bytes + 2 + ((fc & ORDER) != 0 ? 4 : 0);
  }

  /** Address 1, 2 or 3 as a 48-bit number, first byte highest. */
  static long address(byte[] bytes, int at, int number) {
    int from = at + 4 + 6 * (number - 1);
    long value = 0;
    for (int i = 0; i < 6; i++) value = value << 8 | LittleEndian.u8(bytes, from + i);
    return value;
  }

  static void putAddress(byte[] bytes, int at, int number, long address) {
    int from = at + 4 + 6 * (number - 1);
    for (int i = 0; i < 6; i++) bytes[from + i] = (byte) (address >> (40 - 8 * i));
  }

  /** Whether the destination ({@code ieee80211_get_DA}) is a group address. */
  static boolean isMulticastDa(byte[] bytes, int at, int fc) {
    return (bytes[at + ((fc & TO_DS) != 0 ? 16 : 4)] & 1) != 0;
  }

  static boolean isMulticast(long address) {
    return (address >> 40 & 1) != 0;
  }

  /** {@code ieee80211_get_SA} for frames that are not four-address. */
  static long sourceAddress(byte[] bytes, int at, int fc) {
    return address(bytes, at, (fc & FROM_DS) != 0 ? 3 : 2);
  }

  /** The traffic id of a QoS data frame. */
  static int tid(byte[] bytes, int at, int fc) {
    int qos = (fc & (TO_DS | FROM_DS)) == (TO_DS | FROM_DS) ? 30 : 24;
    return LittleEndian.u8(bytes, at + qos) & 0xf;
  }

  /** Whether the frame carries TCP over IPv4, {@code ivBytes} of IV before the payload. */
  static boolean isTcp(byte[] bytes, int at, int length, int ivBytes) {
    int fc = frameControl(bytes, at);
    int snap = at + hdrlen(fc) + ivBytes;
    if (!isData(fc) || snap + 18 > at + length) return false;
    int etherType = LittleEndian.u8(bytes, snap + 6) << 8 | LittleEndian.u8(bytes, snap + 7);
    return etherType == 0x0800 && LittleEndian.u8(bytes, snap + 8 + 9) == 6;
  }

  /** {@code bes2600_get_ie}: the offset of an element's id byte, or -1. */
  static int findElement(byte[] bytes, int from, int end, int id) {
    int at = from;
    while (at + 2 <= end) {
      int length = LittleEndian.u8(bytes, at + 1);
      if (at + 2 + length > end) return -1;
      if (LittleEndian.u8(bytes, at) == id) return at;
      at += 2 + length;
    }
    return -1;
  }
}
