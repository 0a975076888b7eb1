package besser.bes2600.driver;

import besser.kernel.Errno;
import besser.kernel.Kernel;
import besser.kernel.LockClass;
import besser.kernel.Semaphore;
import java.util.Optional;

/** sta.c: interfaces, filtering, and what the works of a joined station send. */
final class Sta {
  private static final int MAX_BEACON_SKIP_MILLIS = 1000;
  private static final int FILTER_TABLE_BYTES = 12;
  private static final int MULTICAST_FILTER_BYTES = 60;

  private final Bes2600Common hw;
  private final Kernel kernel;
  private int sentBeaconFilter;
  final Semaphore confLock;

  Sta(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    confLock = kernel.semaphore(new LockClass("conf_lock", "bes2600"), 1);
  }

  /** {@code bes2600_start}. */
  int start() {
    confLock.down();
    int error = hw.main.wifiStart();
    for (int ifId = 0; error == 0 && ifId < 2; ifId++) error = hw.wsmApi.configuration(ifId);
    confLock.up();
    return error;
  }

  /** {@code bes2600_add_interface} and {@code bes2600_vif_setup}. */
  Bes2600Vif addInterface(long address) {
    Bes2600Vif priv = new Bes2600Vif(hw, 0, address);
    confLock.down();
    priv.mode.set(Bes2600Vif.MODE_STATION);
    confLock.up();
    register(priv);
    if (hw.wsmApi.setEdcaParams(priv.ifId) != 0) kernel.warn("bes2600_vif_setup");
    hw.wsmApi.writeMib(WsmApi.MIB_UAPSD_INFORMATION, 0, priv.ifId);
    hw.wsmApi.writeMib(WsmApi.MIB_RCPI_RSSI_THRESHOLD, 0, priv.ifId);
    return priv;
  }

  /** The part of {@code bes2600_vif_setup} that makes an interface known. */
  void register(Bes2600Vif priv) {
    priv.enabled.set(1);
    hw.vifListLock.lock();
    hw.vifs.set(priv.ifId, Optional.of(priv));
    hw.vifListLock.unlock();
  }

  /** {@code bes2600_remove_interface}. */
  void removeInterface(Bes2600Vif priv) {
    priv.enabled.set(0);
    hw.scan.lock.down();
    confLock.down();
    hw.lockTxQueues();
    hw.wsmTxPort.lockTx();
    if (priv.joinStatus.get() == Bes2600Vif.JOIN_STA) {
      hw.wsmTxPort.lockTx();
      if (!hw.workqueue.queue(priv.unjoinWork)) hw.wsmTxPort.unlockTx();
    }
    if (flush(priv, false) == 0) hw.wsmTxPort.unlockTx();
    hw.workqueue.cancelDelayedSync(priv.bssLossWork);
    hw.workqueue.cancelDelayedSync(priv.connectionLossWork);
    hw.workqueue.cancelDelayedSync(priv.joinTimeout);
    hw.wsmTxPort.unlockTx();
    hw.vifListLock.lock();
    priv.vifLock.lock();
    hw.vifs.set(priv.ifId, Optional.empty());
    priv.vifLock.unlock();
    hw.vifListLock.unlock();
    hw.unlockTxQueues();
    confLock.up();
    hw.workqueue.flushAll();
    hw.scan.lock.up();
  }

  /** {@code bes2600_stop}. */
  void stop() {
    hw.wsmTxPort.lockTx();
    hw.workqueue.cancelDelayedSync(hw.scan.probeWork);
    hw.workqueue.cancelDelayedSync(hw.scan.timeout);
    hw.workqueue.flushAll();
    hw.baStat.timer().deleteSync();
    confLock.down();
    hw.staEvents.freeEventQueue();
    hw.wsmTxPort.txLock.xchg(1);
    hw.main.wifiStop();
    hw.wsmTxPort.unlockTx();
    confLock.up();
  }

  /** {@code __bes2600_flush}: transmission is locked when it returns 0. */
  int flush(Bes2600Vif priv, boolean dropFrames) {
    boolean drop = dropFrames || hw.bh.bhError.get() != 0 || hw.chardev.isBusError();
    while (true) {
      if (drop) {
        priv.vifLock.lock();
        for (TxQueue queue : hw.txQueues) queue.clear(priv.ifId);
        priv.vifLock.unlock();
      } else {
        long left =
            hw.txQueueStats.waitLinkIdEmpty.waitEventTimeout(
                () -> hw.txQueueStats.isEmpty(priv.ifId), 2L * kernel.clock().hz());
        if (left <= 0) {
          hw.log.err("__bes2600_flush: ETIMEDOUT.....");
          return Errno.ETIMEDOUT;
        }
      }
      hw.wsmTxPort.vifLockTx(priv);
      if (hw.txQueueStats.isEmpty(priv.ifId)) return 0;
      hw.wsmTxPort.unlockTx();
    }
  }

  /**
   * {@code bes2600_update_filtering}: four commands, until one fails; the beacon filter's state is
   * a fifth only when it differs from the last one sent.
   */
  void updateFiltering(Bes2600Vif priv) {
    if (priv.joinStatus.get() == Bes2600Vif.JOIN_PASSIVE) return;
    int ifId = priv.ifId;
    int error = hw.wsmApi.writeMib(WsmApi.MIB_RX_FILTER, 0, ifId);
    if (error == 0) error = zeroes(WsmApi.MIB_BEACON_FILTER_TABLE, FILTER_TABLE_BYTES, ifId);
    if (error == 0) {
      error = setBeaconFilter(priv.disableBeaconFilter.get() != 0 ? 0 : 1, ifId);
    }
    if (error == 0) error = hw.wsmApi.writeMib(WsmApi.MIB_DISABLE_BSSID_FILTER, 1, ifId);
    if (error == 0) error = zeroes(WsmApi.MIB_GROUP_ADDRESSES, MULTICAST_FILTER_BYTES, ifId);
    if (error != 0) hw.log.err("bes2600_update_filtering: Update filtering failed: " + error);
  }

  /** {@code wsm_beacon_filter_control}, which remembers what it sent. */
  private int setBeaconFilter(int enable, int ifId) {
    if (enable == sentBeaconFilter) return 0;
    sentBeaconFilter = enable;
    return hw.wsmApi.writeMib(WsmApi.MIB_BEACON_FILTER_ENABLE, enable, ifId);
  }

  private int zeroes(int mibId, int bytes, int ifId) {
    return hw.wsmApi.writeMib(mibId, new byte[bytes], bytes, ifId);
  }

  /** {@code bes2600_set_beacon_wakeup_period_work}. */
  void setBeaconWakeupPeriod(Bes2600Vif priv) {
    int dtim = priv.joinDtimPeriod.get();
    int period = priv.beaconInterval * dtim > MAX_BEACON_SKIP_MILLIS ? 1 : dtim;
    if (hw.wsmApi.setBeaconWakeupPeriod(period, 0, priv.ifId) != 0) {
      kernel.warn("bes2600_set_beacon_wakeup_period_work");
    }
  }

  /** {@code bes2600_set_pm}: sends only what differs from what the firmware has. */
  int setPm(Bes2600Vif priv, int mode) {
    if (mode == priv.firmwarePsMode) return 0;
    priv.firmwarePsMode = mode;
    return hw.wsmApi.setPm(mode, priv.ifId);
  }
}
