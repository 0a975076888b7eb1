package besser.bes2600.driver;

import besser.kernel.mac80211.TxRate;
import java.util.List;

/** txrx.c: {@code tx_policy_build}, from mac80211's retry chain to the firmware's rate table. */
final class TxRates {
  private static final int MAX_RATES = 4;
  private static final int LOWEST_G_RATE = 4;

  /** Rates as they are edited: at most four. */
  private final int[] index = new int[MAX_RATES];

  private final int[] count = new int[MAX_RATES];
  private final boolean[] mcs = new boolean[MAX_RATES];
  private int used;

  private TxRates(List<TxRate> rates) {
    used = rates.size();
    for (int i = 0; i < used; i++) {
      index[i] = rates.get(i).index();
      count[i] = rates.get(i).count();
      mcs[i] = rates.get(i).mcs();
    }
  }

  /** The hardware's number of a rate: HT above 13, and a gap of two after the CCK rates. */
  static int hwValue(int rateIndex, boolean isMcs) {
    if (isMcs) return rateIndex + 14;
    return rateIndex < LOWEST_G_RATE ? rateIndex : rateIndex + 2;
  }

  static TxPolicy build(List<TxRate> rates, int maxTxCount) {
    TxRates chain = new TxRates(rates);
    int total = chain.eliminateDuplicates();
    chain.limit(total, maxTxCount);
    chain.injectMidRate();
    return chain.toPolicy();
  }

  private int eliminateDuplicates() {
    int total = count[0];
    int last = 0;
    for (int j = 1; j < used; j++) {
      if (index[j] == index[last]) {
        count[last] += count[j];
      } else if (index[j] > index[last]) {
        break;
      } else {
        last++;
        if (last != j) copy(j, last);
      }
      total += count[j];
    }
    used = last + 1;
    return total;
  }

  private void copy(int from, int to) {
    index[to] = index[from];
    count[to] = count[from];
    mcs[to] = mcs[from];
  }

  private void limit(int total, int maxTxCount) {
    int limit = Math.max(maxTxCount, used);
    if (total <= limit) return;
    for (int i = 0; i < used; i++) {
      int left = used - i - 1;
      count[i] = Math.min(count[i], limit - left);
      limit -= count[i];
    }
  }

  /** Between 54 and 1 Mbit/s the device switches slowly, so steps are put in between. */
  private void injectMidRate() {
    boolean slow = used == 2 && !mcs[0] && index[0] > LOWEST_G_RATE && count[0] > 2 && index[1] < 2;
    if (!slow) return;
    int mid = (index[0] + LOWEST_G_RATE) >> 1;
    count[0] -= 2;
    if (mid == LOWEST_G_RATE) {
      copy(1, 2);
      set(1, LOWEST_G_RATE, 2);
      used++;
      return;
    }
    copy(1, 3);
    set(2, LOWEST_G_RATE, 1);
    mcs[2] = mcs[1];
    set(1, mid, 1);
    if (count[0] >= 3) {
      count[0]--;
      count[2]++;
    }
    used += 2;
  }

  private void set(int at, int rateIndex, int attempts) {
    index[at] = rateIndex;
    count[at] = attempts;
  }

  private TxPolicy toPolicy() {
    TxPolicy policy = new TxPolicy(-1);
    policy.defined = hwValue(index[0], mcs[0]) + 1;
    if (mcs[0]) {
      int lowRateCount = index[0] < 3 ? 3 : 1;
      boolean lowest = index[0] == 0 || (used > 1 && index[1] == 0 && count[0] == 1);
      if (lowest) {
        lowRateCount += 2;
        count[0] = used;
      }
      policy.addRetries(0, lowRateCount);
    }
    for (int i = 0; i < used; i++) {
      policy.addRetries(hwValue(index[i], mcs[i]), Math.min(count[i], 15));
    }
    return policy;
  }
}
