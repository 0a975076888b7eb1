package besser.kernel.mac80211;

import java.util.List;

/**
 * {@code struct ieee80211_tx_info} of a frame to send, as far as this driver reads it.
 *
 * @param queue hardware queue: 0 voice, 1 video, 2 best effort, 3 background
 * @param rates the rate control's choice, best first; 1 to 4 entries
 * @param ivBytes bytes of the key's IV that are already in the frame, 0 when it is not protected
 * @param icvBytes bytes to leave for the ICV, 0 when it is not protected
 */
public record TxInfo(int queue, List<TxRate> rates, int ivBytes, int icvBytes) {
  public TxInfo {
    if (queue < 0 || queue > 3) {
      throw new IllegalArgumentException("queue must be in 0..3, got " + queue);
    }
    rates = List.copyOf(rates);
    if (rates.isEmpty() || rates.size() > 4) {
      throw new IllegalArgumentException("rates must have 1..4 entries, got " + rates.size());
    }
    if (ivBytes < 0) throw new IllegalArgumentException("ivBytes must be >= 0, got " + ivBytes);
    if (icvBytes < 0) throw new IllegalArgumentException("icvBytes must be >= 0, got " + icvBytes);
  }

  /** Whether the hardware encrypts the frame. */
  public boolean isProtected() {
    return ivBytes > 0;
  }
}
