package besser.bes2600.driver;

import besser.bes2600.wire.Indications;
import besser.bes2600.wire.LittleEndian;
import besser.bes2600.wire.MessageId;
import besser.bes2600.wire.TxConfirm;
import besser.bes2600.wire.TxRequest;
import besser.bes2600.wire.WsmHeader;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SharedInt;
import besser.kernel.SpinLock;
import besser.kernel.net.SkBuff;
import besser.kernel.net.SkBuffHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** tx_loop.c: once the bus is dead, the driver answers its own requests. */
final class TxLoop {
  private static final KernelFunction SET_ENABLE =
      KernelFunction.of("bes2600", "bes2600_tx_loop_set_enable");
  private static final KernelFunction READ = KernelFunction.of("bes2600", "bes2600_tx_loop_read");
  private static final KernelFunction PIPE_SEND =
      KernelFunction.of("bes2600", "bes2600_tx_loop_pipe_send");

  private static final int PSM_PS = 1;

  private final Bes2600Common hw;
  private final Kernel kernel;
  private final SpinLock txLoopLock;
  private final SpinLock pendingRecordLock;
  private final SkBuffHead rxQueue;
  private final SharedInt enabled;
  private final SharedInt wsmCmdPtr;
  private final int[] startSeq = new int[2];
  private int sentId;

  /** Copies of the headers of frames that a flush took while they were in the firmware. */
  private final List<byte[]> pendingRecords = new ArrayList<>();

  TxLoop(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    txLoopLock = kernel.spinLock(new LockClass("tx_loop_lock", "bes2600"));
    pendingRecordLock = kernel.spinLock(new LockClass("pending_record_lock", "bes2600"));
    rxQueue = kernel.net().skbQueueHead("tx_loop.rx_queue");
    enabled = kernel.sharedInt("tx_loop.enabled", 0);
    wsmCmdPtr = kernel.sharedInt("tx_loop.wsm_cmd_ptr", 0);
  }

  /** {@code bes2600_tx_loop_record_wsm_cmd} and {@code _clear_wsm_cmd}. */
  void recordWsmCmd(boolean outstanding) {
    wsmCmdPtr.set(outstanding ? 1 : 0);
  }

  /** Hardened: a command is outstanding from when bh has sent it to when it is confirmed. */
  void sentWsmCmd(int rawId) {
    sentId = rawId;
    recordWsmCmd(true);
  }

  /** {@code bes2600_tx_loop_read}. */
  Optional<SkBuff> read() {
    try (var _ = kernel.enter(READ)) {
      return rxQueue.dequeue();
    }
  }

  /**
   * Enables it from bh, which alone sends and, once {@code rx_work} has ended, alone dispatches: so
   * nothing is answered twice, and no sequence number is taken while another context counts on.
   */
  void startByBh() {
    if (enabled.get() != 0) return;
    hw.sbus.sdioWq.flush(hw.sdioRx.rxWork);
    hw.sbus.sdioWq.flush(hw.sdioTx.txWork);
    setEnable(true);
  }

  /** A message is sent on a dead bus; what is pending is answered when the loop is enabled. */
  void answer(byte[] bytes, int at) {
    if (hw.has(Hardening.LOOP_BY_BH) && enabled.get() == 0) {
      startByBh();
    } else {
      pipeSend(bytes, at);
    }
  }

  /** {@code bes2600_tx_loop_set_enable}: answers all that is outstanding, once. */
  void setEnable(boolean warn) {
    try (var _ = kernel.enter(SET_ENABLE)) {
      if (enabled.get() != 0) return;
      if (warn) hw.complain("bes2600_tx_loop_set_enable");
      enabled.set(1);
      for (int i = 0; i < startSeq.length; i++) startSeq[i] = hw.bhRxBody.wsmRxSeq[i].get();
      int command = hw.has(Hardening.LOOP_BY_BH) ? answerSent() : answerRecorded();
      if (hw.scan.inProgress.read() != 0 && command != MessageId.START_SCAN) {
        scanComplete();
      } else if (hw.pwr.pmSetInProcess.read() != 0 && command != MessageId.SET_PM) {
        pmIndication();
      }
      if (waitsForMemory()) {
        for (byte[] header : pendingHeaders()) txConfirm(header, 0);
      } else {
        answerPending();
      }
      if (hw.bh.bhRx.read() > 0) hw.bh.bhWq.wakeUp();
    }
  }

  /** As shipped: whatever command a sender waits for, whether or not bh has sent it. */
  private int answerRecorded() {
    if (wsmCmdPtr.get() == 0) return -1;
    pipeSend(hw.wsmCmd.buf, 0);
    return WsmHeader.rawId(hw.wsmCmd.buf, 0) & 0x3f;
  }

  private int answerSent() {
    if (wsmCmdPtr.get() == 0 || !hw.wsmCmd.isAwaited(sentId)) return -1;
    byte[] header = new byte[WsmHeader.BYTES];
    WsmHeader.put(header, 0, header.length, sentId);
    pipeSend(header, 0);
    return sentId & 0x3f;
  }

  private void answerPending() {
    for (TxQueue queue : hw.txQueues) {
      queue.forEachPending(skb -> txConfirm(skb.bytes(), skb.dataOffset()));
    }
    pendingRecordLock.lock();
    for (byte[] header : pendingRecords) txConfirm(header, 0);
    pendingRecordLock.unlock();
  }

  /** What is pending, so that its answers can be made where one may sleep. */
  private List<byte[]> pendingHeaders() {
    List<byte[]> headers = new ArrayList<>();
    for (TxQueue queue : hw.txQueues) queue.forEachPending(skb -> headers.add(header(skb)));
    pendingRecordLock.lock();
    headers.addAll(pendingRecords);
    pendingRecordLock.unlock();
    return headers;
  }

  /** Only bh may sleep for it: as shipped the loop is enabled by whoever found the bus dead. */
  private boolean waitsForMemory() {
    return hw.has(Hardening.LOOP_WAITS) && hw.has(Hardening.LOOP_BY_BH);
  }

  /** {@code bes2600_tx_loop_pipe_send}: requests that nobody knows get no answer. */
  void pipeSend(byte[] bytes, int at) {
    try (var _ = kernel.enter(PIPE_SEND)) {
      int raw = WsmHeader.rawId(bytes, at);
      int command = WsmHeader.sequenceIndex(raw) == 1 ? raw & 0xc3f : raw & 0x3f;
      switch (command) {
        case MessageId.TX_REQUEST -> txConfirm(bytes, at);
        case MessageId.DRIVER_RF -> mcuConfirm(command);
        case MessageId.READ_MIB,
            MessageId.WRITE_MIB,
            MessageId.START_SCAN,
            MessageId.STOP_SCAN,
            MessageId.CONFIGURATION,
            MessageId.RESET,
            MessageId.JOIN,
            MessageId.ADD_KEY,
            MessageId.REMOVE_KEY,
            MessageId.SET_PM,
            MessageId.SET_BSS_PARAMETERS,
            MessageId.SET_TX_QUEUE_PARAMETERS,
            MessageId.EDCA_PARAMETERS,
            MessageId.SWITCH_CHANNEL,
            MessageId.START,
            MessageId.BEACON_TRANSMIT,
            MessageId.START_FIND,
            MessageId.STOP_FIND,
            MessageId.UPDATE_IE,
            MessageId.MAP_LINK,
            MessageId.MODE_SET ->
            genericConfirm(command);
        default -> {
          return;
        }
      }
      if (command == MessageId.START_SCAN) scanComplete();
      if (command == MessageId.SET_PM) pmIndication();
    }
  }

  private void genericConfirm(int command) {
    Optional<SkBuff> skb = message(Indications.GENERIC_CONFIRM_BYTES);
    if (skb.isEmpty()) return;
    Indications.putGenericConfirm(skb.get().bytes(), skb.get().dataOffset(), command, 0, 0);
    queue(skb.get(), 0);
  }

  private void txConfirm(byte[] request, int at) {
    Optional<SkBuff> skb = message(TxConfirm.BYTES);
    if (skb.isEmpty()) return;
    byte[] bytes = skb.get().bytes();
    int to = skb.get().dataOffset();
    TxConfirm.putSingle(bytes, to);
    int entry = to + TxConfirm.SINGLE_ENTRY;
    int rate = TxRequest.maxTxRate(request, at);
    TxConfirm.putEntry(bytes, entry, TxRequest.packetId(request, at), 0, rate, 0, 0);
    TxConfirm.putDelays(bytes, entry, 3, 5);
    queue(skb.get(), 0);
  }

  private void mcuConfirm(int command) {
    Optional<SkBuff> skb = message(WsmHeader.MCU_BYTES + 4);
    if (skb.isEmpty()) return;
    byte[] bytes = skb.get().bytes();
    int at = skb.get().dataOffset();
    int length = WsmHeader.MCU_BYTES + 4;
    WsmHeader.putMcu(bytes, at, length, command, WsmHeader.MCU_CONFIRM_LABEL, command);
    LittleEndian.putU32(bytes, at + WsmHeader.MCU_BYTES, 0);
    queue(skb.get(), 1);
  }

  private void scanComplete() {
    Optional<SkBuff> skb = message(Indications.SCAN_COMPLETE_BYTES);
    if (skb.isEmpty()) return;
    Indications.putScanComplete(skb.get().bytes(), skb.get().dataOffset(), 0, 0, 2);
    queue(skb.get(), 0);
  }

  private void pmIndication() {
    Optional<SkBuff> skb = message(Indications.SET_PM_DONE_BYTES);
    if (skb.isEmpty()) return;
    Indications.putSetPmDone(skb.get().bytes(), skb.get().dataOffset(), 0, 0, PSM_PS);
    queue(skb.get(), 0);
  }

  private Optional<SkBuff> message(int bytes) {
    Optional<SkBuff> skb = kernel.net().devAllocSkb(bytes);
    while (skb.isEmpty() && waitsForMemory()) {
      kernel.clock().msleep(1);
      skb = kernel.net().devAllocSkb(bytes);
    }
    if (skb.isEmpty()) {
      hw.log.err("bes2600_tx_loop, alloc mem fail.");
      return skb;
    }
    skb.get().put(bytes);
    return skb;
  }

  /** Numbers the message, queues it, and counts it for bh without waking it. */
  private void queue(SkBuff skb, int index) {
    WsmHeader.putSequence(skb.bytes(), skb.dataOffset(), startSeq[index]);
    txLoopLock.lock();
    startSeq[index] = WsmHeader.nextSequence(startSeq[index]);
    rxQueue.queueTail(skb);
    txLoopLock.unlock();
    hw.bh.bhRx.addReturn(1);
  }

  /** {@code bes2600_queue_pending_record} for all pending frames of a queue being cleared. */
  void recordPending(TxQueueItem pending) {
    pendingRecordLock.lock();
    for (TxQueueItem item = pending.next; item != pending; item = item.next) {
      item.skb.ifPresent(skb -> pendingRecords.add(header(skb)));
    }
    pendingRecordLock.unlock();
  }

  private static byte[] header(SkBuff skb) {
    byte[] header = new byte[TxRequest.HEADER_BYTES];
    System.arraycopy(skb.bytes(), skb.dataOffset(), header, 0, header.length);
    return header;
  }

  /** Whether a confirm is for a frame that was recorded; it is forgotten then. */
  boolean forgetRecorded(int packetId) {
    pendingRecordLock.lock();
    boolean found = pendingRecords.removeIf(header -> TxRequest.packetId(header, 0) == packetId);
    pendingRecordLock.unlock();
    return found;
  }
}
