package besser.kernel.mac80211;

/**
 * An IEEE 802 address.
 *
 * @param bits its 48 bits, the first octet highest
 */
public record MacAddress(long bits) {
  public MacAddress {
    if (bits >>> 48 != 0) {
      throw new IllegalArgumentException(
          "address must have 48 bits, got 0x" + Long.toHexString(bits));
    }
  }

  /** Whether it is a group address. */
  public boolean isMulticast() {
    return (bits >>> 40 & 1) != 0;
  }

  @Override
  public String toString() {
    String hex = String.format("%012x", bits);
    return hex.replaceAll("(..)(?!$)", "$1:");
  }
}
