package besser.bes2600.driver;

import besser.bes2600.wire.TxRequest;
import besser.bes2600.wire.WsmHeader;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.SharedInt;

/** bh.c: {@code bes2600_bh_tx_helper}, one attempt to send. */
final class BhTx {
  private static final KernelFunction TX_HELPER =
      KernelFunction.of("bes2600", "bes2600_bh_tx_helper");

  /** {@code EFFECTIVE_BUF_SIZE} in bytes; exceeding it only warns. */
  private static final int EFFECTIVE_BUF_BYTES = 8182;

  private final Bes2600Common hw;
  private final Kernel kernel;
  final SharedInt[] wsmTxSeq = new SharedInt[2];

  BhTx(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    for (int i = 0; i < wsmTxSeq.length; i++) {
      wsmTxSeq[i] = kernel.sharedInt("wsm_tx_seq[" + i + "]", 0);
    }
  }

  /**
   * One attempt.
   *
   * @param txBurst free buffers
   * @return 1 when more of a burst remains, 0 when not or when there was no work, negative on error
   */
  int txHelper(int txBurst) {
    try (var _ = kernel.enter(TX_HELPER)) {
      hw.txBuffers.alloc();
      WsmGetTx.Message message = hw.wsmGetTx.getTx(txBurst);
      if (!message.present) {
        hw.txBuffers.release(1);
        return 0;
      }
      hw.bh.bhTx.add(1);
      int length = hw.sbus.alignSize(message.length + TxRequest.TIMESTAMP_BYTES);
      if (length > EFFECTIVE_BUF_BYTES) {
        kernel.warn("bes2600_bh_tx_helper");
        hw.log.err("Write aligned len: " + length);
      }
      int index = WsmHeader.sequenceIndex(WsmHeader.rawId(message.bytes, message.offset));
      WsmHeader.putSequence(message.bytes, message.offset, wsmTxSeq[index].get());
      boolean before = hw.txBuffers.countsBeforeSending();
      if (before) count(message, index);
      if (hw.sdioTx.pipeSend(message.bytes, message.offset, length) != 0) {
        kernel.warn("bes2600_bh_tx_helper");
        hw.log.err("tx blew up, len " + length);
        if (before) uncount(message, index);
        hw.txBuffers.release(1);
        return -1;
      }
      if (!before) count(message, index);
      return message.burst > 1 ? 1 : 0;
    }
  }

  private void count(WsmGetTx.Message message, int index) {
    if (message.vifSelected != -1) hw.txBuffers.hwBufsUsedVif[message.vifSelected].add(1);
    hw.wsmGetTx.txed(message);
    wsmTxSeq[index].set(WsmHeader.nextSequence(wsmTxSeq[index].get()));
    hw.txBuffers.incPending(index);
  }

  private void uncount(WsmGetTx.Message message, int index) {
    if (message.vifSelected != -1) hw.txBuffers.releaseVif(message.vifSelected, 1);
    hw.txBuffers.decPending(index);
  }
}
