package besser.bes2600.driver;

import besser.kernel.Kernel;
import besser.kernel.LockClass;
import besser.kernel.SpinLock;
import besser.kernel.WaitQueue;
import java.util.Arrays;

/** {@code struct bes2600_queue_stats}: what the four queues hold together. */
final class TxQueueStats {
  /** {@code WLAN_LINK_ID_MAX}. */
  static final int MAP_CAPACITY = 17;

  final SpinLock lock;
  final WaitQueue waitLinkIdEmpty;
  final int[] numQueued = new int[Bes2600Common.MAX_VIFS];
  final int[][] linkMapCache = new int[Bes2600Common.MAX_VIFS][MAP_CAPACITY];

  TxQueueStats(Kernel kernel) {
    lock = kernel.spinLock(new LockClass("tx_queue_stats.lock", "bes2600"));
    waitLinkIdEmpty = kernel.waitQueue(new LockClass("wait_link_id_empty", "bes2600"));
  }

  /** {@code bes2600_queue_stats_is_empty} for all links of one interface. */
  boolean isEmpty(int ifId) {
    lock.lockBh();
    boolean empty = numQueued[ifId] == 0;
    lock.unlockBh();
    return empty;
  }

  /** Frames that wait to be sent, of all interfaces; for whoever looks from outside. */
  int queuedFrames() {
    return Arrays.stream(numQueued).sum();
  }

  void put(int ifId, int linkId) {
    lock.lockBh();
    numQueued[ifId]++;
    linkMapCache[ifId][linkId]++;
    lock.unlockBh();
  }

  /** Whether the link's last frame went. */
  boolean take(int ifId, int linkId) {
    lock.lockBh();
    numQueued[ifId]--;
    boolean empty = --linkMapCache[ifId][linkId] == 0;
    lock.unlockBh();
    return empty;
  }
}
