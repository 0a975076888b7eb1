package besser.kernel.mac80211;

import besser.kernel.Kernel;
import besser.kernel.LockClass;
import besser.kernel.SpinLock;
import besser.kernel.Tasklet;
import besser.kernel.net.SkBuff;
import besser.kernel.net.SkBuffList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From {@code __dev_queue_xmit} to {@code drv_tx}: mac80211's intermediate queues, one per access
 * category, worked off by {@code ieee80211_handle_wake_tx_queue} as for every driver without a
 * {@code wake_tx_queue} of its own. The queues are first in, first out; fair queueing between flows
 * and CoDel are not modelled, because a receiving station sends one flow of acknowledgements.
 */
final class TransmitPath {
  private static final LockClass FQ_LOCK = new LockClass("local.fq.lock", "mac80211");
  private static final LockClass ACTIVE_LOCK = new LockClass("local.active_txq_lock", "mac80211");
  private static final LockClass WAKE_LOCK =
      new LockClass("local.handle_wake_tx_queue_lock", "mac80211");
  private static final LockClass STOP_LOCK =
      new LockClass("local.queue_stop_reason_lock", "mac80211");
  private static final LockClass RATE_LOCK = new LockClass("sta.rate_ctrl_lock", "mac80211");

  /** User priority 0 to 7 to hardware queue: 0 voice, 1 video, 2 best effort, 3 background. */
  private static final int[] QUEUE_OF_PRIORITY = {2, 3, 3, 2, 1, 1, 0, 0};

  private static final int QUEUES = 4;

  private final Kernel kernel;
  private final Mac80211Config config;
  private final SpinLock fqLock;
  private final SpinLock activeLock;
  private final SpinLock wakeLock;
  private final SpinLock stopLock;
  private final SpinLock rateLock;
  private final SkBuffList[] queues = new SkBuffList[QUEUES];
  private final TxInfo[] infos = new TxInfo[QUEUES];
  private final boolean[] stopped = new boolean[QUEUES];
  private final int[] sequence = new int[8];
  private final Tasklet wakeTasklet;
  private @Nullable Ieee80211Ops ops;
  private boolean carrier = true;
  private long sent;
  private long sentBytes;
  private long dropped;

  TransmitPath(Kernel kernel, Mac80211Config config) {
    this.kernel = kernel;
    this.config = config;
    this.fqLock = kernel.spinLock(FQ_LOCK);
    this.activeLock = kernel.spinLock(ACTIVE_LOCK);
    this.wakeLock = kernel.spinLock(WAKE_LOCK);
    this.stopLock = kernel.spinLock(STOP_LOCK);
    this.rateLock = kernel.spinLock(RATE_LOCK);
    for (int queue = 0; queue < QUEUES; queue++) {
      queues[queue] = kernel.net().skbQueueHead("txq." + queue);
      infos[queue] = new TxInfo(queue, config.rates(), config.ivBytes(), config.icvBytes());
    }
    this.wakeTasklet = kernel.tasklet(Mac80211Functions.WAKE_TXQS, this::wakeAll);
  }

  void register(Ieee80211Ops driver) {
    ops = driver;
  }

  void transmit(SkBuff packet, int etherType, int userPriority) {
    if (userPriority < 0 || userPriority > 7) {
      throw new IllegalArgumentException("user priority must be 0 to 7, got " + userPriority);
    }
    try (var _ = kernel.enter(Mac80211Functions.DEV_QUEUE_XMIT)) {
      kernel.localBhDisable();
      if (carrier) startXmit(packet, etherType, userPriority);
      else drop(packet);
      kernel.localBhEnable();
    }
  }

  private void startXmit(SkBuff packet, int etherType, int userPriority) {
    int queue = QUEUE_OF_PRIORITY[userPriority];
    try (var _ = kernel.enter(Mac80211Functions.SUBIF_START_XMIT)) {
      try (var _ = kernel.enter(Mac80211Functions.BUILD_HDR)) {
        buildHeader(packet, etherType, userPriority);
      }
      if (enqueue(packet, queue)) wake(queue);
      else drop(packet);
    }
  }

  private void buildHeader(SkBuff packet, int etherType, int tid) {
    int at = packet.push(QosDataFrame.OVERHEAD_BYTES + config.ivBytes());
    byte[] bytes = packet.bytes();
    QosDataFrame.writeToDs(bytes, at, config.route(), sequence[tid], tid, etherType);
    sequence[tid] = (sequence[tid] + 1) & 0xfff;
    if (config.ivBytes() == 0) return;
    int llc = at + QosDataFrame.HEADER_BYTES;
    System.arraycopy(bytes, llc, bytes, llc + config.ivBytes(), QosDataFrame.LLC_SNAP_BYTES);
  }

  private boolean enqueue(SkBuff packet, int queue) {
    try (var _ = kernel.enter(Mac80211Functions.QUEUE_SKB)) {
      fqLock.lockBh();
      boolean room = queues[queue].length() < config.queueLimit();
      if (room) queues[queue].unlockedQueueTail(packet);
      fqLock.unlockBh();
      activeLock.lockBh();
      activeLock.unlockBh();
      return room;
    }
  }

  private void drop(SkBuff packet) {
    dropped++;
    kernel.net().kfreeSkb(packet);
  }

  private void wake(int queue) {
    try (var _ = kernel.enter(Mac80211Functions.HANDLE_WAKE_TX_QUEUE)) {
      wakeLock.lock();
      while (!stopped[queue]) {
        Optional<SkBuff> frame = dequeue(queue);
        if (frame.isEmpty()) break;
        sent++;
        sentBytes += frame.get().length();
        driver().tx(frame.get(), infos[queue]);
      }
      wakeLock.unlock();
    }
  }

  private Ieee80211Ops driver() {
    if (ops == null) throw new IllegalStateException("no driver is registered; call registerHw");
    return ops;
  }

  private Optional<SkBuff> dequeue(int queue) {
    try (var _ = kernel.enter(Mac80211Functions.TX_DEQUEUE)) {
      fqLock.lockBh();
      Optional<SkBuff> frame = queues[queue].unlockedDequeue();
      fqLock.unlockBh();
      if (frame.isPresent()) {
        try (var _ = kernel.enter(Mac80211Functions.RATE_GET)) {
          // the rate decision: its own time only
        }
      }
      return frame;
    }
  }

  private void wakeAll() {
    for (int queue = 0; queue < QUEUES; queue++) {
      if (!stopped[queue] && queues[queue].length() > 0) wake(queue);
    }
  }

  void stop(int queue) {
    try (var _ = kernel.enter(Mac80211Functions.STOP_QUEUE)) {
      stopLock.lockIrqsave();
      stopped[queue] = true;
      stopLock.unlockIrqrestore();
    }
  }

  void start(int queue) {
    try (var _ = kernel.enter(Mac80211Functions.WAKE_QUEUE)) {
      stopLock.lockIrqsave();
      boolean was = stopped[queue];
      stopped[queue] = false;
      if (was && queues[queue].length() > 0) wakeTasklet.schedule();
      stopLock.unlockIrqrestore();
    }
  }

  boolean isStopped(int queue) {
    return stopped[queue];
  }

  void status(SkBuff skb) {
    try (var _ = kernel.enter(Mac80211Functions.TX_STATUS_SKB)) {
      try (var _ = kernel.enter(Mac80211Functions.RATE_TX_STATUS)) {
        rateLock.lockBh();
        rateLock.unlockBh();
      }
      kernel.net().kfreeSkb(skb);
    }
  }

  void carrierOff() {
    carrier = false;
  }

  int queued(int queue) {
    return queues[queue].length();
  }

  long sent() {
    return sent;
  }

  /** Bytes of the frames handed to the driver, 802.11 headers included. */
  long sentBytes() {
    return sentBytes;
  }

  long dropped() {
    return dropped;
  }
}
