package besser.bes2600.driver;

import besser.kernel.Kernel;
import besser.kernel.LockClass;
import besser.kernel.SharedInt;
import besser.kernel.SharedLong;
import besser.kernel.SharedRef;
import besser.kernel.SpinLock;
import besser.kernel.Workqueue;
import besser.kernel.WorkqueueFlag;
import besser.kernel.mmc.SdioFunction;

/** {@code struct sbus_priv} of bes2600_sdio.c: what the SDIO side of the driver shares. */
final class SbusPriv {
  /** {@code rx_buffer}: order-3 pages. */
  static final int RX_BUFFER_BYTES = 32768;

  final SdioFunction func;
  final SpinLock lock;
  final SharedRef<Runnable> irqHandler;
  final SharedRef<Bes2600Common> core;
  final Workqueue sdioWq;
  final SharedInt fwStarted;
  final SharedInt retuneProtected;
  final SharedInt nextToggle;
  final SharedInt txDataToggle;
  final SharedInt rxDataToggle;
  final byte[] rxBuffer = new byte[RX_BUFFER_BYTES];
  final SharedInt rxLastCtrl;
  final SharedInt rxValidCtrl;
  final SharedInt rxTotalCtrlCnt;
  final SharedInt rxContinuousCtrlCnt;
  final SharedInt rxZeroCtrlCnt;
  final SharedInt rxRemainCtrlCnt;
  final SharedInt rxDataCnt;
  final SharedInt rxXferCnt;
  final SharedInt rxProcCnt;
  final SharedInt txDataCnt;
  final SharedInt txXferCnt;
  final SharedInt txProcCnt;
  final SharedLong lastIrqTimestamp;
  final SharedLong lastRxDataTimestamp;
  final SharedLong lastTxDataTimestamp;

  SbusPriv(Kernel kernel, SharedVariables variables, SdioFunction func) {
    this.func = func;
    lock = kernel.spinLock(new LockClass("sbus_priv.lock", "bes2600"));
    irqHandler = variables.sharedRef("irq_handler");
    core = variables.sharedRef("self->core");
    sdioWq =
        kernel.allocWorkqueue(
            "bes_sdio",
            2,
            WorkqueueFlag.MEM_RECLAIM,
            WorkqueueFlag.HIGHPRI,
            WorkqueueFlag.CPU_INTENSIVE);
    fwStarted = kernel.sharedInt("fw_started", 0);
    retuneProtected = kernel.sharedInt("retune_protected", 0);
    nextToggle = kernel.sharedInt("next_toggle", 0);
    txDataToggle = kernel.sharedInt("tx_data_toggle", 0);
    rxDataToggle = kernel.sharedInt("rx_data_toggle", 0);
    rxLastCtrl = kernel.sharedInt("rx_last_ctrl", 0);
    rxValidCtrl = kernel.sharedInt("rx_valid_ctrl", 0);
    rxTotalCtrlCnt = kernel.sharedInt("rx_total_ctrl_cnt", 0);
    rxContinuousCtrlCnt = kernel.sharedInt("rx_continuous_ctrl_cnt", 0);
    rxZeroCtrlCnt = kernel.sharedInt("rx_zero_ctrl_cnt", 0);
    rxRemainCtrlCnt = kernel.sharedInt("rx_remain_ctrl_cnt", 0);
    rxDataCnt = kernel.sharedInt("rx_data_cnt", 0);
    rxXferCnt = kernel.sharedInt("rx_xfer_cnt", 0);
    rxProcCnt = kernel.sharedInt("rx_proc_cnt", 0);
    txDataCnt = kernel.sharedInt("tx_data_cnt", 0);
    txXferCnt = kernel.sharedInt("tx_xfer_cnt", 0);
    txProcCnt = kernel.sharedInt("tx_proc_cnt", 0);
    lastIrqTimestamp = kernel.sharedLong("last_irq_timestamp", 0);
    lastRxDataTimestamp = kernel.sharedLong("last_rx_data_timestamp", 0);
    lastTxDataTimestamp = kernel.sharedLong("last_tx_data_timestamp", 0);
  }

  /** {@code bes2600_sdio_align_size}: a multiple of four bytes either way. */
  int alignSize(int bytes) {
    return func.blockSize() > bytes ? func.alignSize(bytes) : (bytes + 3) & ~3;
  }

  /** The toggle a transfer carries: none before the firmware runs. */
  static int parity(SharedInt toggle) {
    return toggle.get() & 1;
  }
}
