package besser.kernel.mac80211;

import besser.kernel.Kernel;
import besser.kernel.LockClass;
import besser.kernel.SpinLock;
import besser.kernel.Tasklet;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.WorkqueueFlag;
import besser.kernel.net.PacketReceiver;
import besser.kernel.net.SkBuff;
import besser.kernel.net.SkBuffHead;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * From {@code ieee80211_rx_irqsafe} to the network stack.
 *
 * <p>The firmware negotiates block ack and reorders ({@code ampdu_action} is refused, so mac80211
 * has no session), hence there is no reordering here. Without a NAPI context there is no GRO: each
 * frame goes up by itself.
 */
final class ReceivePath {
  private static final LockClass RX_PATH_LOCK = new LockClass("local.rx_path_lock", "mac80211");

  // Frame control's first byte without the protocol version, and where the reason code stands.
  private static final int DISASSOCIATION = 0xa0;
  private static final int DEAUTHENTICATION = 0xc0;
  private static final int REASON = 24;

  private final Kernel kernel;
  private final PacketReceiver up;
  private final IntConsumer deauthenticated;
  private final SkBuffHead queue;
  private final SkBuffHead unreliableQueue;
  private final SkBuffHead managementQueue;
  private final SpinLock rxPathLock;
  private final Tasklet tasklet;
  private final Workqueue workqueue;
  private final Work ifaceWork;
  private final int[] lastSequence = new int[8];
  private long dataFrames;
  private long duplicates;
  private long discards;

  /** {@code deauthenticated} gets the reason code when the access point ends the association. */
  ReceivePath(Kernel kernel, PacketReceiver up, IntConsumer deauthenticated) {
    this.kernel = kernel;
    this.up = up;
    this.deauthenticated = deauthenticated;
    this.queue = kernel.net().skbQueueHead("local.skb_queue");
    this.unreliableQueue = kernel.net().skbQueueHead("local.skb_queue_unreliable");
    this.managementQueue = kernel.net().skbQueueHead("sdata.skb_queue");
    this.rxPathLock = kernel.spinLock(RX_PATH_LOCK);
    this.tasklet = kernel.tasklet(Mac80211Functions.TASKLET_HANDLER, this::handleQueued);
    this.workqueue = kernel.allocWorkqueue("events_unbound", 0, WorkqueueFlag.UNBOUND);
    this.ifaceWork = kernel.work(Mac80211Functions.IFACE_WORK, this::handleManagement);
    Arrays.fill(lastSequence, -1);
  }

  void receiveIrqsafe(SkBuff skb, RxStatus status) {
    try (var _ = kernel.enter(Mac80211Functions.RX_IRQSAFE)) {
      skb.setControlBlock(status);
      queue.queueTail(skb);
      tasklet.schedule();
    }
  }

  private void handleQueued() {
    for (Optional<SkBuff> skb = next(); skb.isPresent(); skb = next()) {
      receive(skb.get(), (RxStatus) skb.get().controlBlock());
    }
  }

  private Optional<SkBuff> next() {
    Optional<SkBuff> skb = queue.dequeue();
    return skb.isPresent() ? skb : unreliableQueue.dequeue();
  }

  /** {@code ieee80211_rx_napi} without a NAPI context: each frame goes up by itself. */
  private void receive(SkBuff skb, RxStatus status) {
    RxList list = new RxList();
    receiveList(skb, status, list);
    netifReceiveSkbList(list);
  }

  /** {@code ieee80211_rx_list}. */
  void receiveList(SkBuff skb, RxStatus status, RxList list) {
    try (var _ = kernel.enter(Mac80211Functions.RX_LIST)) {
      if (!QosDataFrame.isQosData(skb.bytes(), skb.dataOffset(), skb.length())) {
        queueManagement(skb);
        return;
      }
      int etherType = QosDataFrame.etherType(skb.bytes(), skb.dataOffset());
      handle(skb, status).ifPresent(packet -> list.add(packet, etherType));
    }
  }

  /** {@code netif_receive_skb_list}. */
  void netifReceiveSkbList(RxList list) {
    if (list.size() == 0) return;
    try (var _ = kernel.enter(Mac80211Functions.NETIF_RECEIVE_SKB_LIST)) {
      for (RxList.Packet packet : list.take()) {
        try (var _ = kernel.enter(Mac80211Functions.NETIF_RECEIVE_SKB_CORE)) {
          up.receive(packet.skb(), packet.etherType());
        }
      }
    }
  }

  /** The receive handlers; the packet when it is to go up. */
  private Optional<SkBuff> handle(SkBuff skb, RxStatus status) {
    try (var _ = kernel.enter(Mac80211Functions.PREPARE_AND_RX_HANDLE);
        var _ = kernel.enter(Mac80211Functions.RX_HANDLERS)) {
      rxPathLock.lockBh();
      boolean wanted = isWanted(skb, status);
      if (wanted) {
        try (var _ = kernel.enter(Mac80211Functions.DELIVER_SKB)) {
          skb.pull(QosDataFrame.OVERHEAD_BYTES);
          dataFrames++;
        }
      }
      rxPathLock.unlockBh();
      if (wanted) return Optional.of(skb);
      kernel.net().kfreeSkb(skb);
      return Optional.empty();
    }
  }

  /** {@code ieee80211_rx_h_check_dup} and the MIC check. */
  private boolean isWanted(SkBuff skb, RxStatus status) {
    byte[] bytes = skb.bytes();
    int at = skb.dataOffset();
    if (status.micError()) {
      discards++;
      return false;
    }
    int tid = QosDataFrame.tid(bytes, at);
    int sequence = QosDataFrame.sequenceNumber(bytes, at);
    if (QosDataFrame.isRetry(bytes, at) && lastSequence[tid] == sequence) {
      duplicates++;
      return false;
    }
    lastSequence[tid] = sequence;
    return true;
  }

  private void queueManagement(SkBuff skb) {
    managementQueue.queueTail(skb);
    workqueue.queue(ifaceWork);
  }

  /** {@code ieee80211_iface_process_skb}: of management frames only leaving has an effect. */
  private void handleManagement() {
    Optional<SkBuff> next = managementQueue.dequeue();
    while (next.isPresent()) {
      SkBuff skb = next.get();
      int type = skb.bytes()[skb.dataOffset()] & 0xfc;
      boolean leaves = type == DEAUTHENTICATION || type == DISASSOCIATION;
      if (leaves && skb.length() >= REASON + 2) {
        int at = skb.dataOffset() + REASON;
        deauthenticated.accept((skb.bytes()[at] & 0xff) | (skb.bytes()[at + 1] & 0xff) << 8);
      }
      kernel.net().kfreeSkb(skb);
      next = managementQueue.dequeue();
    }
  }

  long dataFrames() {
    return dataFrames;
  }

  long duplicates() {
    return duplicates;
  }

  long discards() {
    return discards;
  }
}
