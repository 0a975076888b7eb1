package besser.bes2600.driver;

import besser.bes2600.driver.rx.TxWanted;
import besser.kernel.AtomicInt;
import besser.kernel.Clock;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SharedInt;
import besser.kernel.WaitQueue;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.WorkqueueFlag;

/** bh.c: the one work item that loops for ever, called the bh thread. */
final class Bh {
  private static final KernelFunction BH_WORK = KernelFunction.of("bes2600", "bes2600_bh_work");
  private static final KernelFunction BH = KernelFunction.of("bes2600", "bes2600_bh");
  private static final KernelFunction IRQ_HANDLER =
      KernelFunction.of("bes2600", "bes2600_irq_handler");
  private static final KernelFunction WAKEUP = KernelFunction.of("bes2600", "bes2600_bh_wakeup");

  private static final int RX_CONT_LIMIT = 3;
  private static final int TX_CONT_LIMIT = 20;
  private static final int TIMEOUT_SECONDS = 5;

  private static final int SUSPENDED = 2;
  private static final int RESUME = 3;
  private static final int RESUMED = 0;

  private final Bes2600Common hw;
  private final Kernel kernel;
  final Workqueue bhWorkqueue;
  private final Work bhWork;
  final WaitQueue bhWq;
  final WaitQueue bhEvtWq;
  final AtomicInt bhRx;
  final AtomicInt bhTx;
  private final AtomicInt bhTerm;
  final AtomicInt bhSuspend;
  final SharedInt bhError;
  private final TxWanted txWanted = new TxWanted();
  private int rx;
  private int tx;
  private int term;
  private int suspend;
  private int pendingTx;

  Bh(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    bhWorkqueue =
        kernel.allocWorkqueue(
            "bes2600_bh",
            1,
            WorkqueueFlag.MEM_RECLAIM,
            WorkqueueFlag.HIGHPRI,
            WorkqueueFlag.CPU_INTENSIVE);
    bhWork = kernel.work(BH_WORK, this::bh);
    bhWq = kernel.waitQueue(new LockClass("bh_wq", "bes2600"));
    bhEvtWq = kernel.waitQueue(new LockClass("bh_evt_wq", "bes2600"));
    bhRx = kernel.atomic("bh_rx", 0);
    bhTx = kernel.atomic("bh_tx", 0);
    bhTerm = kernel.atomic("bh_term", 0);
    bhSuspend = kernel.atomic("bh_suspend", RESUMED);
    bhError = kernel.sharedInt("bh_error", 0);
  }

  /** {@code bes2600_register_bh}. */
  void register() {
    if (!bhWorkqueue.queue(bhWork)) kernel.warn("bes2600_register_bh");
  }

  /** {@code bes2600_unregister_bh}. */
  void unregister() {
    bhTerm.add(1);
    bhWq.wakeUp();
    bhWorkqueue.flushAll();
  }

  /** {@code bes2600_irq_handler}: wakes bh only from zero. */
  void irqHandler() {
    try (var _ = kernel.enter(IRQ_HANDLER)) {
      if (bhError.get() != 0) {
        hw.log.err("bes2600_irq_handler bh error");
        return;
      }
      if (bhRx.addReturn(1) == 1) bhWq.wakeUp();
    }
  }

  /** {@code bes2600_bh_wakeup}: wakes bh only from zero. */
  void wakeup() {
    try (var _ = kernel.enter(WAKEUP)) {
      if (bhError.get() != 0) {
        kernel.warn("bes2600_bh_wakeup");
        return;
      }
      if (bhTx.addReturn(1) == 1) bhWq.wakeUp();
    }
  }

  /** The condition of bh's wait: it takes the flags each time it is evaluated. */
  private boolean hasWork() {
    rx = bhRx.xchg(0);
    tx = bhTx.xchg(0);
    term = bhTerm.xchg(0);
    suspend = pendingTx != 0 ? 0 : bhSuspend.read();
    return rx != 0 || tx != 0 || term != 0 || suspend != 0 || bhError.get() != 0;
  }

  private void bh() {
    try (var _ = kernel.enter(BH)) {
      pendingTx = 0;
      while (true) {
        long status = bhWq.waitEventInterruptibleTimeout(this::hasWork, timeoutJiffies());
        if (status < 0 || term != 0 || bhError.get() != 0) break;
        if (status == 0) {
          missedInterrupt();
        } else if (suspend != 0) {
          suspendUntilResumed();
          continue;
        }
        if (!rxAndTx()) break;
      }
      exit();
    }
  }

  private long timeoutJiffies() {
    long seconds = (long) TIMEOUT_SECONDS * kernel.clock().hz();
    if (hw.txBuffers.hwBufsUsed.get() == 0
        && !hw.pwr.deviceIsIdle()
        && hw.scan.recentScan.read() == 0
        && hw.chardev.isSignalMode()) {
      return seconds;
    }
    return hw.txBuffers.hwBufsUsed.get() != 0 ? seconds : Clock.MAX_SCHEDULE_TIMEOUT;
  }

  /** Nothing came for 5 s: with buffers in use the link is closed, whatever the frames' age. */
  private void missedInterrupt() {
    int used = hw.txBuffers.hwBufsUsed.get();
    if (used == 0) return;
    hw.log.err("usedbuf:" + used + ". rx:" + rx + ". tx:" + tx + ".");
    hw.sdioPower.workDebug();
    hw.log.err("Missed interrupt? (" + used + " frames outstanding)");
    rx = 1;
    long timestamp = kernel.clock().jiffies();
    int pending = 0;
    for (int i = 0; i < hw.txQueues.length; i++) {
      long oldest =
          hw.txQueues[i].oldestXmitTimestamp(timestamp, i, hw.wsmGetTx.pendingFrameId.get());
      if (oldest >= 0) {
        pending++;
        timestamp = Math.min(timestamp, oldest);
      }
    }
    long left = timestamp + 11L * kernel.clock().hz() - kernel.clock().jiffies();
    if (pending != 0 && left < 0) {
      hw.log.warn("Timeout waiting for TX confirm (" + used + "/" + pending + " pending).");
    }
    hw.chardev.wifiForceClose(false, ForceClose.Reason.BH_TIMEOUT);
  }

  private void suspendUntilResumed() {
    bhSuspend.set(SUSPENDED);
    bhEvtWq.wakeUp();
    bhWq.waitEvent(() -> bhSuspend.read() == RESUME);
    bhSuspend.set(RESUMED);
    bhEvtWq.wakeUp();
    bhRx.add(1);
  }

  /** The labels rx, tx and done_rx of {@code bes2600_bh}: false leaves the thread. */
  private boolean rxAndTx() {
    boolean receive = true;
    while (true) {
      if (receive) receivePass();
      if (!transmitPass()) return false;
      if (bhError.get() != 0) return false;
      if (rx != 0) {
        receive = true;
      } else if (tx != 0) {
        receive = false;
      } else {
        return true;
      }
    }
  }

  private void receivePass() {
    int rxCont = 0;
    do {
      tx += pendingTx;
      pendingTx = 0;
      int result = hw.sdioRx.rxPath.bhReceive(rx != 0, txWanted);
      if (result < 0) {
        hw.log.err("bes2600_bh_rx_helper fail");
        hw.sdioPower.workDebug();
        hw.chardev.wifiForceClose(false, ForceClose.Reason.BH_RX);
      } else if (result == 1) {
        rx = 1;
        rxCont++;
      } else {
        rx = 0;
      }
    } while (rx != 0 && rxCont < RX_CONT_LIMIT);
    hw.sdioRx.rxPath.bhReceived();
  }

  /** Sends until there is nothing to send, no buffer, or 20 messages went: false kills bh. */
  private boolean transmitPass() {
    int txCont = 0;
    do {
      tx = 0;
      txWanted.clear();
      int used = hw.txBuffers.hwBufsUsed.get();
      int buffers = hw.numInpChBufs.get();
      if (used > buffers) kernel.bug("bes2600_bh");
      int txBurst = buffers - used;
      if (txBurst <= 0) {
        pendingTx = tx;
        return true;
      }
      int result = hw.bhTx.txHelper(txBurst);
      if (result < 0) {
        hw.log.err("bes2600_bh_tx_helper fail");
        hw.sdioPower.workDebug();
        return false;
      }
      if (result > 0) {
        txCont++;
        tx = result;
      }
    } while (tx != 0 && txCont < TX_CONT_LIMIT);
    return true;
  }

  private void exit() {
    hw.sbus.func.claimHost();
    hw.sbus.func.releaseHost();
    if (term != 0) return;
    hw.log.err("[BH] Fatal error, exiting.");
    hw.sdioPower.workDebug();
    bhError.set(1);
  }
}
