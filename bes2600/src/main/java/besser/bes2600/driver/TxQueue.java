package besser.bes2600.driver;

import besser.bes2600.wire.LittleEndian;
import besser.bes2600.wire.PacketId;
import besser.bes2600.wire.TxRequest;
import besser.kernel.Errno;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SharedInt;
import besser.kernel.SpinLock;
import besser.kernel.Timer;
import besser.kernel.net.SkBuff;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** queue.c: one of the four queues of frames to send and of frames sent but not confirmed. */
final class TxQueue {
  private static final KernelFunction PUT = KernelFunction.of("bes2600", "bes2600_queue_put");
  private static final KernelFunction GET = KernelFunction.of("bes2600", "bes2600_queue_get");
  private static final KernelFunction GET_NUM_QUEUED =
      KernelFunction.of("bes2600", "bes2600_queue_get_num_queued");
  private static final KernelFunction GET_SKB =
      KernelFunction.of("bes2600", "bes2600_queue_get_skb");
  private static final KernelFunction REMOVE = KernelFunction.of("bes2600", "bes2600_queue_remove");
  private static final KernelFunction GC = KernelFunction.of("bes2600", "bes2600_queue_gc");

  /** {@code CW12XX_MAX_QUEUE_SZ}. */
  static final int CAPACITY = 128;

  static final int ALL_IFS = -1;

  private final Bes2600Common hw;
  private final Kernel kernel;
  private final TxQueueStats stats;
  final int queueId;
  private final long ttlJiffies;
  final SpinLock lock;
  private final Timer gc;
  private final TxQueueItem[] pool = new TxQueueItem[CAPACITY];
  private final SharedInt pendingNext;
  private final TxQueueItem queue = new TxQueueItem(-1);
  private final TxQueueItem pending = new TxQueueItem(-1);
  private final TxQueueItem freePool = new TxQueueItem(-1);
  private final int[] numQueuedVif = new int[Bes2600Common.MAX_VIFS];
  private final int[] numPendingVif = new int[Bes2600Common.MAX_VIFS];
  private final int[][] linkMapCache = new int[Bes2600Common.MAX_VIFS][TxQueueStats.MAP_CAPACITY];
  private int generation;
  private int numQueued;
  private int numPending;
  private int numSent;
  private int txLockedCnt;
  private boolean overfull;

  /** A frame whose destructor runs after the lock is dropped. */
  private record Dropped(SkBuff skb, TxPriv txpriv) {}

  TxQueue(Bes2600Common hw, TxQueueStats stats, int queueId, long ttlJiffies) {
    this.hw = hw;
    this.stats = stats;
    this.queueId = queueId;
    this.ttlJiffies = ttlJiffies;
    kernel = hw.kernel;
    lock = kernel.spinLock(new LockClass("tx_queue.lock", "bes2600"));
    gc = kernel.timer(GC, this::collectGarbage);
    pendingNext = kernel.sharedInt("queue->pending", 0);
    for (int i = 0; i < CAPACITY; i++) {
      pool[i] = new TxQueueItem(i);
      pool[i].moveToTail(freePool);
    }
  }

  int generation() {
    return generation;
  }

  private void stopQueue() {
    if (txLockedCnt++ == 0) hw.hw80211.stopQueue(queueId);
  }

  private void wakeQueue() {
    if (txLockedCnt == 0) kernel.bug("__bes2600_queue_unlock");
    if (--txLockedCnt == 0) hw.hw80211.wakeQueue(queueId);
  }

  /** {@code bes2600_queue_lock}. */
  void lockQueue() {
    lock.lockBh();
    stopQueue();
    lock.unlockBh();
  }

  /** {@code bes2600_queue_unlock}. */
  void unlockQueue() {
    lock.lockBh();
    wakeQueue();
    lock.unlockBh();
  }

  /** Same, for a caller that holds the lock of the rate policies only. */
  private boolean hasRoomAgain() {
    return numQueued <= (hw.vif0Throttle + hw.vif1Throttle + 2) / 2;
  }

  /** {@code bes2600_queue_get_num_queued}: all links when the map is all ones. */
  int numQueued(Bes2600Vif priv, int linkIdMap) {
    if (linkIdMap == 0) return 0;
    try (var _ = kernel.enter(GET_NUM_QUEUED)) {
      lock.lockBh();
      int result = 0;
      if (linkIdMap == -1) {
        result = numQueuedVif[priv.ifId] - numPendingVif[priv.ifId];
      } else {
        for (int i = 0; i < TxQueueStats.MAP_CAPACITY; i++) {
          if ((linkIdMap >> i & 1) != 0) result += linkMapCache[priv.ifId][i];
        }
      }
      lock.unlockBh();
      return result;
    }
  }

  /** {@code bes2600_queue_put}: 0, or {@code -EINVAL} when the pool is empty. */
  int put(SkBuff skb, TxPriv txpriv, int cpus) {
    try (var _ = kernel.enter(PUT)) {
      lock.lockBh();
      if (freePool.isEmptyHead()) {
        kernel.warn("bes2600_queue_put");
        hw.log.err("queue->free_pool is empty");
        lock.unlockBh();
        return Errno.EINVAL;
      }
      TxQueueItem item = freePool.next;
      item.moveToTail(queue);
      item.skb = Optional.of(skb);
      item.txpriv.copyFrom(txpriv);
      item.generation = 0;
      item.packetId =
          PacketId.of(generation, queueId, 0, item.index, txpriv.ifId, txpriv.rawLinkId);
      item.queueTimestamp = kernel.clock().jiffies();
      appendTimestamp(skb, item.queueTimestamp);
      numQueued++;
      numQueuedVif[txpriv.ifId]++;
      linkMapCache[txpriv.ifId][txpriv.linkId]++;
      stats.put(txpriv.ifId, txpriv.linkId);
      if (!overfull && numQueued >= hw.vif0Throttle + hw.vif1Throttle + 2 - (cpus - 1)) {
        overfull = true;
        stopQueue();
        gc.mod(kernel.clock().jiffies());
      }
      lock.unlockBh();
      return 0;
    }
  }

  private void appendTimestamp(SkBuff skb, long jiffies) {
    if (skb.tailroom() < TxRequest.TIMESTAMP_BYTES) return;
    int millis = (int) (jiffies * 1000 / kernel.clock().hz());
    LittleEndian.putU32(skb.bytes(), skb.dataOffset() + skb.length(), millis);
  }

  /** {@code bes2600_queue_get}: moves the first frame for these links to the pending list. */
  Optional<TxQueueItem> get(int ifId, int linkIdMap) {
    try (var _ = kernel.enter(GET)) {
      lock.lockBh();
      TxQueueItem item = queue.next;
      while (item != queue
          && (item.txpriv.ifId != ifId || (linkIdMap >> item.txpriv.linkId & 1) == 0)) {
        item = item.next;
      }
      if (item == queue) {
        hw.log.warn("bes2600_queue_get: queue get failed, if_id = " + ifId);
        lock.unlockBh();
        return Optional.empty();
      }
      SkBuff skb = item.skb.orElseThrow();
      TxRequest.putPacketId(skb.bytes(), skb.dataOffset(), item.packetId);
      item.moveToTail(pending);
      numPending++;
      numPendingVif[ifId]++;
      linkMapCache[ifId][item.txpriv.linkId]--;
      item.xmitTimestamp = kernel.clock().jiffies();
      boolean wake = stats.take(ifId, item.txpriv.linkId);
      lock.unlockBh();
      if (wake) stats.waitLinkIdEmpty.wakeUp();
      return Optional.of(item);
    }
  }

  /** The pool item of a packet id, or why not; the lock is held. */
  private int check(int packetId, String function) {
    if (PacketId.queue(packetId) != queueId) kernel.bug(function);
    if (PacketId.queueGeneration(packetId) != generation) return Errno.ERANGE;
    if (PacketId.item(packetId) >= CAPACITY) {
      kernel.warn(function);
      return Errno.EINVAL;
    }
    if (pool[PacketId.item(packetId)].generation != PacketId.itemGeneration(packetId)) {
      kernel.warn(function);
      return Errno.ENODEV;
    }
    return 0;
  }

  /** {@code bes2600_queue_requeue}, or {@code bes2600_sw_retry_requeue} with the same id. */
  int requeue(int packetId, boolean check, boolean newGeneration) {
    TxQueueItem item = pool[PacketId.item(packetId) % CAPACITY];
    if (check && item.txpriv.ifId == Bes2600Common.GENERIC_IF_ID) {
      remove(packetId);
      return 0;
    }
    lock.lockBh();
    int error = check(packetId, "bes2600_queue_requeue");
    if (error == 0) {
      int ifId = PacketId.interfaceId(packetId);
      numPending--;
      numPendingVif[ifId]--;
      linkMapCache[ifId][item.txpriv.linkId]++;
      stats.put(ifId, item.txpriv.linkId);
      if (newGeneration) item.generation = (item.generation + 1) & 0xff;
      item.packetId =
          PacketId.of(
              generation, queueId, item.generation, item.index, ifId, PacketId.linkId(packetId));
      item.moveToFront(queue);
    } else if (error == Errno.ERANGE) {
      hw.log.info("bes2600_queue_requeue, Queue Generation is not equal");
      error = 0;
    }
    lock.unlockBh();
    return error;
  }

  /** {@code bes2600_queue_remove}: ends a confirmed frame's life in the driver. */
  int remove(int packetId) {
    try (var _ = kernel.enter(REMOVE)) {
      lock.lockBh();
      int error = check(packetId, "bes2600_queue_remove");
      Optional<Dropped> removed = Optional.empty();
      if (error == 0) {
        TxQueueItem item = pool[PacketId.item(packetId)];
        int ifId = PacketId.interfaceId(packetId);
        TxPriv txpriv = new TxPriv();
        txpriv.copyFrom(item.txpriv);
        removed = item.skb.map(skb -> new Dropped(skb, txpriv));
        item.skb = Optional.empty();
        numPending--;
        numPendingVif[ifId]--;
        numQueued--;
        numQueuedVif[ifId]--;
        numSent++;
        item.generation = (item.generation + 1) & 0xff;
        item.moveToFront(freePool);
        if (overfull && hasRoomAgain()) {
          overfull = false;
          wakeQueue();
        }
      } else if (error == Errno.ERANGE) {
        hw.log.info("bes2600_queue_remove, Queue Generation is not equal");
        error = 0;
      }
      lock.unlockBh();
      removed.ifPresent(frame -> hw.txConfirm.skbDtor(frame.skb(), frame.txpriv()));
      return error;
    }
  }

  /** {@code bes2600_queue_get_skb}: looks first among the frames that a flush recorded. */
  Optional<TxQueueItem> getSkb(int packetId) {
    try (var _ = kernel.enter(GET_SKB)) {
      if (hw.txLoop.forgetRecorded(packetId)) return Optional.empty();
      lock.lockBh();
      int error = check(packetId, "bes2600_queue_get_skb");
      if (error == Errno.ERANGE) {
        hw.log.info("bes2600_queue_get_skb, Queue Generation is not equal");
        kernel.warn("bes2600_queue_get_skb");
      }
      Optional<TxQueueItem> item =
          error == 0 ? Optional.of(pool[PacketId.item(packetId)]) : Optional.empty();
      lock.unlockBh();
      return item;
    }
  }

  /** {@code bes2600_queue_get_skb_and_timestamp}. */
  Optional<TxQueueItem> getSkbAndTimestamp(int packetId) {
    lock.lockBh();
    int error = check(packetId, "bes2600_queue_get_skb_and_timestamp");
    TxQueueItem item = pool[PacketId.item(packetId) % CAPACITY];
    boolean found = error == 0 && item.skb.isPresent();
    lock.unlockBh();
    return found ? Optional.of(item) : Optional.empty();
  }

  /** {@code bes2600_queue_get_xmit_timestamp}: -1 when nothing is pending. */
  long oldestXmitTimestamp(long nowJiffies, int ifId, int pendingFrameId) {
    lock.lockBh();
    long oldest = pending.isEmptyHead() ? -1 : nowJiffies;
    for (TxQueueItem item = pending.next; item != pending; item = item.next) {
      boolean counts =
          ifId == ALL_IFS || ifId == Bes2600Common.GENERIC_IF_ID || item.txpriv.ifId == ifId;
      if (counts && item.packetId != pendingFrameId) {
        oldest = Math.min(oldest, item.xmitTimestamp);
      }
    }
    lock.unlockBh();
    return oldest;
  }

  /** {@code bes2600_queue_iterate_pending_packet}: without the queue's lock. */
  void forEachPending(Consumer<SkBuff> action) {
    for (TxQueueItem item = pending.next; item != pending; item = item.next) {
      // The load of a pointer, before which others may come: the lists themselves are plain Java.
      pendingNext.get();
      if (item.isHead()) {
        // An item was moved under the walk: in C it goes round the other list for ever.
        kernel.bug("bes2600_queue_iterate_pending_packet: endless walk");
        return;
      }
      item.skb.ifPresent(action);
    }
  }

  /** {@code bes2600_queue_clear}: drops everything; pending frames are recorded for the loop. */
  void clear(int ifId) {
    List<Dropped> dropped = new ArrayList<>();
    lock.lockBh();
    generation = (generation + 1) & 0xf;
    hw.txLoop.recordPending(pending);
    for (TxQueueItem head : List.of(pending, queue)) {
      TxQueueItem item = head.next;
      while (item != head) {
        TxQueueItem next = item.next;
        drop(item, dropped);
        item = next;
      }
    }
    numQueued -= dropped.size();
    numPending -= dropped.size();
    for (int i = 0; i < Bes2600Common.MAX_VIFS; i++) {
      if (ifId == ALL_IFS || ifId == i) {
        numQueuedVif[i] = 0;
        numPendingVif[i] = 0;
      }
    }
    stats.lock.lockBh();
    for (int i = 0; i < Bes2600Common.MAX_VIFS; i++) {
      if (ifId == ALL_IFS || ifId == i) forgetLinks(i);
    }
    stats.lock.unlockBh();
    if (overfull) {
      overfull = false;
      wakeQueue();
    }
    lock.unlockBh();
    stats.waitLinkIdEmpty.wakeUp();
    for (Dropped frame : dropped) hw.txConfirm.skbDtor(frame.skb(), frame.txpriv());
  }

  private void drop(TxQueueItem item, List<Dropped> dropped) {
    TxPriv txpriv = new TxPriv();
    txpriv.copyFrom(item.txpriv);
    item.skb.ifPresentOrElse(
        skb -> dropped.add(new Dropped(skb, txpriv)), () -> kernel.warn("bes2600_queue_clear"));
    item.skb = Optional.empty();
    item.moveToTail(freePool);
  }

  private void forgetLinks(int ifId) {
    for (int link = 0; link < TxQueueStats.MAP_CAPACITY; link++) {
      stats.numQueued[ifId] -= linkMapCache[ifId][link];
      stats.linkMapCache[ifId][link] -= linkMapCache[ifId][link];
      linkMapCache[ifId][link] = 0;
    }
  }

  /** {@code bes2600_queue_gc}: in the timer softirq, drops frames that waited too long. */
  private void collectGarbage() {
    List<Dropped> dropped = new ArrayList<>();
    lock.lockBh();
    boolean wake = false;
    Optional<TxQueueItem> oldest = Optional.empty();
    while (!queue.isEmptyHead()) {
      TxQueueItem item = queue.next;
      oldest = Optional.of(item);
      if (kernel.clock().jiffies() - item.queueTimestamp < ttlJiffies) break;
      int ifId = item.txpriv.ifId;
      numQueued--;
      numQueuedVif[ifId]--;
      linkMapCache[ifId][item.txpriv.linkId]--;
      wake |= stats.take(ifId, item.txpriv.linkId);
      hw.hwPrivToVif(ifId).ifPresent(vif -> vif.vifLock.unlock());
      drop(item, dropped);
    }
    if (wake) stats.waitLinkIdEmpty.wakeUp();
    if (overfull) afterGarbage(oldest);
    lock.unlockBh();
    for (Dropped frame : dropped) hw.txConfirm.skbDtor(frame.skb(), frame.txpriv());
  }

  private void afterGarbage(Optional<TxQueueItem> oldest) {
    if (hasRoomAgain()) {
      overfull = false;
      wakeQueue();
    } else if (oldest.isPresent()) {
      long expires = oldest.get().queueTimestamp + ttlJiffies;
      gc.mod(expires);
      long millis = (expires - kernel.clock().jiffies()) * 1000 / kernel.clock().hz();
      hw.pwr.setBusyEventWithTimeoutAsync(PwrEvent.QUEUE_GC, (int) millis);
    }
  }

  /** {@code bes2600_queue_deinit}. */
  void deinit() {
    clear(ALL_IFS);
    gc.deleteSync();
  }

  /** {@code num_pending}: a clear takes frames off it that never were pending. */
  int numPending() {
    return numPending;
  }

  int numSent() {
    return numSent;
  }
}
