package besser.bes2600.driver;

/** {@code struct tx_policy}: four bits of retries for each of 24 hardware rates. */
final class TxPolicy {
  static final int TABLE_BYTES = 12;

  /** Its place in the cache, or -1. */
  final int index;

  final byte[] raw = new byte[TABLE_BYTES];
  int defined;
  int usageCount;
  int retryCount;
  boolean uploaded;

  TxPolicy(int index) {
    this.index = index;
  }

  void addRetries(int hwRate, int retries) {
    int at = hwRate >> 1;
    raw[at] |= (byte) (retries << ((hwRate & 1) * 4));
    retryCount += retries;
  }

  /** {@code tx_policy_is_equal}: up to the highest rate that is wanted. */
  boolean serves(TxPolicy wanted) {
    if (wanted.defined > defined) return false;
    int whole = wanted.defined >> 1;
    for (int i = 0; i < whole; i++) {
      if (wanted.raw[i] != raw[i]) return false;
    }
    return (wanted.defined & 1) == 0 || (wanted.raw[whole] & 0xf) == (raw[whole] & 0xf);
  }

  void become(TxPolicy wanted) {
    System.arraycopy(wanted.raw, 0, raw, 0, TABLE_BYTES);
    defined = wanted.defined;
    usageCount = 0;
    retryCount = wanted.retryCount;
    uploaded = false;
  }
}
