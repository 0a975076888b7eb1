package besser.bes2600.driver;

import besser.bes2600.driver.rx.RxHost;
import besser.bes2600.driver.rx.TxWanted;
import besser.bes2600.wire.MessageId;
import besser.bes2600.wire.WsmHeader;
import besser.kernel.Kernel;
import besser.kernel.SharedInt;
import besser.kernel.net.SkBuff;
import java.util.Optional;

/** bh.c: the per-packet body of {@code bes2600_bh_rx_helper}, and what topologies may use. */
final class BhRx implements RxHost {
  private final Bes2600Common hw;
  private final Kernel kernel;
  final SharedInt[] wsmRxSeq = new SharedInt[2];

  BhRx(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    for (int i = 0; i < wsmRxSeq.length; i++) {
      wsmRxSeq[i] = kernel.sharedInt("wsm_rx_seq[" + i + "]", 0);
    }
  }

  @Override
  public int handleMessage(SkBuff skb, TxWanted tx) {
    byte[] bytes = skb.bytes();
    int at = skb.dataOffset();
    int length = WsmHeader.length(bytes, at);
    if (length > skb.length()) {
      kernel.warn("bes2600_bh_rx_helper");
      hw.log.err("wsm_len err " + length + " " + skb.length());
      return refuse(skb);
    }
    int rawId = WsmHeader.rawId(bytes, at);
    int id = WsmHeader.id(rawId);
    int index = WsmHeader.sequenceIndex(id);
    skb.trim(length);
    if (id == MessageId.EXCEPTION) {
      hw.wsmIndication.handleException(bytes, at, length);
      hw.log.err("wsm exception");
      return refuse(skb);
    }
    int sequence = WsmHeader.sequence(rawId);
    int expected = wsmRxSeq[index].get();
    if (sequence != expected) {
      hw.log.err(
          "seq error! " + sequence + ". " + expected + ". 0x" + Integer.toHexString(id) + ".");
      return refuse(skb);
    }
    wsmRxSeq[index].set(WsmHeader.nextSequence(sequence));
    int label = (id & 0xc00) == 0xc00 ? WsmHeader.mcuLabel(bytes, at) : 0;
    if (WsmHeader.isConfirm(id, label)) {
      int released = hw.txBuffers.release(1);
      hw.txBuffers.decPending(index);
      if (released < 0) {
        // The skb is not freed on this path, as in C.
        kernel.warn("bes2600_bh_rx_helper");
        return released;
      }
      if (released > 0) tx.raise();
    }
    return dispatch(id, skb);
  }

  @Override
  public void dispatch(SkBuff skb) {
    int id = WsmHeader.id(WsmHeader.rawId(skb.bytes(), skb.dataOffset()));
    if (hw.wsmRx.handleRx(id, skb) != WsmRx.TAKEN) kernel.net().kfreeSkb(skb);
  }

  private int dispatch(int id, SkBuff skb) {
    int result = hw.wsmRx.handleRx(id, skb);
    if (result == WsmRx.TAKEN) return 1;
    if (result != 0) {
      hw.log.err("wsm_handle_rx fail");
      return refuse(skb);
    }
    kernel.net().kfreeSkb(skb);
    return 1;
  }

  private int refuse(SkBuff skb) {
    hw.log.err("bes2600_bh_rx_helper err");
    kernel.net().kfreeSkb(skb);
    return -1;
  }

  @Override
  public Kernel kernel() {
    return kernel;
  }

  @Override
  public boolean isBusError() {
    return hw.chardev.isBusError();
  }

  @Override
  public Optional<SkBuff> txLoopRead() {
    return hw.txLoop.read();
  }

  @Override
  public void startTxLoop() {
    if (hw.has(Hardening.LOOP_BY_BH)) hw.txLoop.startByBh();
  }

  @Override
  public boolean mayPollCard() {
    return hw.sbus.fwStarted.get() != 0
        && !hw.pwr.deviceIsIdle()
        && hw.txBuffers.hwBufsUsed.get() > 0;
  }

  @Override
  public void queueRxWork() {
    hw.sdioRx.queueRxWork();
  }

  @Override
  public void wakeBhToReceive() {
    hw.bh.irqHandler();
  }

  @Override
  public int readTransfer() {
    return hw.sdioRx.readTransfer();
  }

  @Override
  public void batchDispatched() {
    hw.delivery.batchDispatched();
  }

  @Override
  public SharedInt rxDataCnt() {
    return hw.sbus.rxDataCnt;
  }

  @Override
  public SharedInt rxProcCnt() {
    return hw.sbus.rxProcCnt;
  }
}
