package besser.bes2600.driver;

import besser.bes2600.wire.PacketId;
import besser.kernel.AtomicInt;
import besser.kernel.DelayedWork;
import besser.kernel.Errno;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.LogLevel;
import besser.kernel.Semaphore;
import besser.kernel.SharedInt;
import java.util.Optional;

/** scan.c as far as the receive path touches it: completion, its time-out, and what it delays. */
final class Scan {
  private static final KernelFunction SCAN_TIMEOUT =
      KernelFunction.of("bes2600", "bes2600_scan_timeout");
  private static final KernelFunction PROBE_WORK =
      KernelFunction.of("bes2600", "bes2600_probe_work");

  private final Bes2600Common hw;
  private final Kernel kernel;
  final Semaphore lock;
  final AtomicInt inProgress;
  final AtomicInt recentScan;
  final DelayedWork timeout;
  final DelayedWork probeWork;
  private final SharedInt status;
  private final SharedInt requested;
  private int ifId;

  Scan(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    lock = kernel.semaphore(new LockClass("scan.lock", "bes2600"), 1);
    inProgress = kernel.atomic("scan.in_progress", 0);
    recentScan = kernel.atomic("recent_scan", 0);
    status = kernel.sharedInt("scan.status", 0);
    requested = kernel.sharedInt("scan.req", 0);
    timeout = kernel.delayedWork(SCAN_TIMEOUT, this::timeout);
    probeWork = kernel.delayedWork(PROBE_WORK, this::probeWork);
  }

  /** {@code get_interface_id_scanning}: -1 for none. */
  int interfaceScanning() {
    return requested.get() != 0 ? ifId : -1;
  }

  /** The interface that frames of the generic one belong to; no channel is remained on. */
  int receivingInterface() {
    return interfaceScanning();
  }

  /** {@code bes2600_scan_complete_cb}: waits for the time-out's work if that is running. */
  void completeCallback(int completeStatus) {
    Optional<Bes2600Vif> priv = hw.hwPrivToVif(ifId);
    if (priv.isEmpty()) return;
    boolean stopped = priv.get().mode.get() == Bes2600Vif.MODE_UNSPECIFIED;
    priv.get().vifLock.unlock();
    if (stopped) return;
    kernel.printk(
        LogLevel.INFO, "ieee80211 phy0: bes2600_scan_complete_cb status: " + completeStatus);
    if (status.get() != Errno.ETIMEDOUT && hw.workqueue.cancelDelayedSync(timeout)) {
      status.set(1);
      hw.workqueue.queueDelayed(timeout, 0);
    }
  }

  private void timeout() {
    if (inProgress.xchg(0) == 0) return;
    if (status.get() > 0) {
      status.set(0);
    } else if (status.get() == 0) {
      hw.log.warn("Timeout waiting for scan complete notification.");
      status.set(Errno.ETIMEDOUT);
      if (hw.wsmApi.stopScan(ifId) != 0) kernel.warn("bes2600_scan_timeout");
    }
    requested.set(0);
    recentScan.xchg(0);
    lock.up();
    hw.pwr.clearBusyEvent(PwrEvent.SCAN);
    hw.vifs.get(ifId).ifPresent(hw.staJoin::restartDelayed);
  }

  /** {@code bes2600_hw_scan} and {@code bes2600_scan_work} for one round over the channels. */
  int start(Bes2600Vif priv, int channels, long timeoutJiffies) {
    hw.pwr.setBusyEvent(PwrEvent.SCAN);
    lock.down();
    hw.wsmTxPort.lockTx();
    ifId = priv.ifId;
    status.set(0);
    requested.set(1);
    recentScan.set(1);
    inProgress.set(1);
    hw.workqueue.queueDelayed(timeout, timeoutJiffies);
    hw.wsmCmd.lockOper();
    int error = hw.wsmApi.startScan(channels, priv.ifId);
    hw.wsmTxPort.unlockTx();
    if (error != 0) {
      hw.wsmCmd.unlockOper();
      inProgress.set(0);
      requested.set(0);
      hw.workqueue.cancelDelayedSync(timeout);
      lock.up();
      hw.pwr.clearBusyEvent(PwrEvent.SCAN);
    }
    return error;
  }

  /** {@code bes2600_probe_work}: the probe request goes out as a scan of the current channel. */
  private void probeWork() {
    int frame = hw.wsmGetTx.pendingFrameId.get();
    TxQueue queue = hw.txQueues[PacketId.queue(frame) & 3];
    queue.remove(frame);
    hw.wsmTxPort.unlockTx();
  }
}
