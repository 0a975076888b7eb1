package besser.bes2600.driver;

import besser.kernel.mac80211.TxInfo;
import besser.kernel.mac80211.TxRate;
import java.util.List;

/** {@code struct bes2600_txpriv}: what the driver keeps with a frame to send. */
final class TxPriv {
  /** {@code BES2600_INVALID_RATE_ID}. */
  static final int INVALID_RATE_ID = 0xff;

  private static final TxInfo NONE = new TxInfo(0, List.of(new TxRate(0, 1, false)), 0, 0);

  TxInfo info = NONE;
  int ifId;
  int linkId;
  int rawLinkId;
  int tid;
  int rateId = INVALID_RATE_ID;
  int offset;
  int retryCount;
  boolean acknowledged;
  int retries;

  void reset(TxInfo newInfo) {
    info = newInfo;
    ifId = 0;
    linkId = 0;
    rawLinkId = 0;
    tid = 8;
    rateId = INVALID_RATE_ID;
    offset = 0;
    retryCount = 0;
    acknowledged = false;
    retries = 0;
  }

  void copyFrom(TxPriv other) {
    info = other.info;
    ifId = other.ifId;
    linkId = other.linkId;
    rawLinkId = other.rawLinkId;
    tid = other.tid;
    rateId = other.rateId;
    offset = other.offset;
    retryCount = other.retryCount;
    acknowledged = other.acknowledged;
    retries = other.retries;
  }
}
