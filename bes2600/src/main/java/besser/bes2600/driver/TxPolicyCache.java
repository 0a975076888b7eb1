package besser.bes2600.driver;

import besser.bes2600.wire.LittleEndian;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SpinLock;
import besser.kernel.Work;
import besser.kernel.mac80211.TxRate;
import java.util.ArrayDeque;
import java.util.List;

/** txrx.c: the eight rate policies that the firmware holds, and who uses which. */
final class TxPolicyCache {
  private static final KernelFunction POLICY_GET = KernelFunction.of("bes2600", "tx_policy_get");
  private static final KernelFunction POLICY_PUT = KernelFunction.of("bes2600", "tx_policy_put");
  private static final KernelFunction UPLOAD_WORK =
      KernelFunction.of("bes2600", "tx_policy_upload_work");

  static final int SIZE = 8;

  /** {@code short_frame_max_tx_count} and {@code long_frame_max_tx_count}. */
  private static final int MAX_TX_COUNT = 31;

  private static final int POLICY_BYTES = 20;

  private final Bes2600Common hw;
  private final Kernel kernel;
  private final SpinLock lock;
  final Work uploadWork;
  private final TxPolicy[] cache = new TxPolicy[SIZE];

  /** Entries in use, most recent first. */
  private final ArrayDeque<TxPolicy> used = new ArrayDeque<>();

  /** Entries not in use, most recent first. */
  private final ArrayDeque<TxPolicy> free = new ArrayDeque<>();

  private boolean renew;

  TxPolicyCache(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    lock = kernel.spinLock(new LockClass("tx_policy_cache.lock", "bes2600"));
    uploadWork = kernel.work(UPLOAD_WORK, this::uploadWork);
    for (int i = 0; i < SIZE; i++) {
      cache[i] = new TxPolicy(i);
      free.addFirst(cache[i]);
    }
  }

  /** {@code tx_policy_get}: an index, or {@link TxPriv#INVALID_RATE_ID}. */
  int get(List<TxRate> rates) {
    try (var _ = kernel.enter(POLICY_GET)) {
      TxPolicy wanted = TxRates.build(rates, MAX_TX_COUNT);
      lock.lockBh();
      renew = false;
      if (free.isEmpty()) {
        kernel.warn("tx_policy_get");
        lock.unlockBh();
        return TxPriv.INVALID_RATE_ID;
      }
      TxPolicy policy = find(wanted);
      if (policy == wanted) {
        renew = true;
        policy = free.getLast();
        policy.become(wanted);
      }
      policy.usageCount++;
      if (!used.remove(policy)) free.remove(policy);
      used.addFirst(policy);
      if (free.isEmpty()) hw.lockTxQueues();
      lock.unlockBh();
      return policy.index;
    }
  }

  /** Whether the last {@link #get} made a policy that the firmware does not know. */
  boolean isRenewed() {
    return renew;
  }

  /** The cached policy that serves, first among those in use; the argument when none does. */
  private TxPolicy find(TxPolicy wanted) {
    for (TxPolicy policy : used) {
      if (policy.serves(wanted)) return policy;
    }
    for (TxPolicy policy : free) {
      if (policy.serves(wanted)) return policy;
    }
    return wanted;
  }

  /** {@code tx_policy_put}. */
  void put(int index) {
    try (var _ = kernel.enter(POLICY_PUT)) {
      lock.lockBh();
      boolean locked = free.isEmpty();
      TxPolicy policy = cache[index];
      int usage = --policy.usageCount;
      if (usage == 0) {
        used.remove(policy);
        free.addFirst(policy);
      }
      if (locked && usage == 0) hw.unlockTxQueues();
      lock.unlockBh();
    }
  }

  private void uploadWork() {
    upload();
    hw.wsmTxPort.unlockTx();
    hw.unlockTxQueues();
  }

  /** {@code tx_policy_upload}: only entries that changed. */
  private void upload() {
    byte[] payload = new byte[4 + SIZE * POLICY_BYTES];
    int count = 0;
    lock.lockBh();
    for (int i = 0; i < SIZE; i++) {
      TxPolicy policy = cache[i];
      if (policy.retryCount == 0 || policy.uploaded) continue;
      int at = 4 + count * POLICY_BYTES;
      LittleEndian.putU8(payload, at, i);
      LittleEndian.putU8(payload, at + 1, MAX_TX_COUNT);
      LittleEndian.putU8(payload, at + 2, MAX_TX_COUNT);
      LittleEndian.putU8(payload, at + 3, 1 << 2 | 1 << 3);
      System.arraycopy(policy.raw, 0, payload, at + 8, TxPolicy.TABLE_BYTES);
      policy.uploaded = true;
      count++;
    }
    lock.unlockBh();
    LittleEndian.putU32(payload, 0, count);
    hw.wsmApi.writeMib(WsmApi.MIB_TX_RATE_RETRY_POLICY, payload, 4 + count * POLICY_BYTES, 0);
  }
}
