package besser.bes2600.driver;

import besser.bes2600.wire.PacketId;
import besser.kernel.Errno;
import besser.kernel.Kernel;
import java.util.Optional;

/** sta.c and ap.c: joining a BSS, becoming associated, and leaving it. */
final class StaJoin {
  private static final int JOIN_TIMEOUT_SECONDS = 3;
  private static final int KEEP_ALIVE_SECONDS = 60;
  private static final int BEACON_LOST_COUNT = 50;
  private static final int BLOCK_ACK_TIDS = 0xb1;
  private static final int TEMPLATE_BYTES = 64;
  private static final int ASSOCIATION_MODE_BYTES = 8;

  private final Bes2600Common hw;
  private final Kernel kernel;

  /** What mac80211 and cfg80211 know of the access point that is to be joined. */
  private Optional<Bss> candidate = Optional.empty();

  StaJoin(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
  }

  void setCandidate(Bss bss) {
    candidate = Optional.of(bss);
  }

  /** {@code bes2600_join_work}: an authentication frame made bh queue it, TX locked. */
  void joinWork(Bes2600Vif priv) {
    int frame = hw.wsmGetTx.pendingFrameId.get();
    TxQueue queue = hw.txQueues[PacketId.queue(frame) & 3];
    if (queue.getSkb(frame).isEmpty()) {
      hw.wsmTxPort.unlockTx();
      return;
    }
    if (priv.joinStatus.get() != Bes2600Vif.JOIN_PASSIVE) {
      priv.connectInProcess.set(0);
      hw.wsmTxPort.lockTx();
      unjoinWork(priv);
    }
    hw.workqueue.cancelDelayedSync(priv.joinTimeout);
    if (candidate.isEmpty()) {
      queue.remove(frame);
    } else if (join(priv, candidate.get()) == 0) {
      queue.requeue(frame, true, true);
    } else {
      queue.remove(frame);
    }
    hw.wsmTxPort.unlockTx();
  }

  /** The commands of {@code bes2600_join_work}; the caller holds transmission locked. */
  int join(Bes2600Vif priv, Bss bss) {
    hw.sta.confLock.down();
    int ifId = priv.ifId;
    if (bss.dtimPeriod() > 1) priv.joinDtimPeriod.set(bss.dtimPeriod());
    priv.beaconInterval = bss.beaconIntervalTu();
    priv.joinBssid = bss.bssid();
    hw.pwr.setBusyEvent(PwrEvent.JOIN);
    hw.wsmTxPort.flushTx();
    hw.workqueue.queueDelayed(priv.joinTimeout, (long) JOIN_TIMEOUT_SECONDS * kernel.clock().hz());
    blockAckPolicy(0, ifId);
    hw.baStat.reset();
    hw.wsmApi.writeMib(WsmApi.MIB_PROTECTED_MGMT_POLICY, 1 << 1 | 1 << 2, ifId);
    hw.wsmApi.switchChannel(bss.channel(), ifId);
    hw.wsmApi.writeMib(WsmApi.MIB_TEMPLATE_FRAME, new byte[TEMPLATE_BYTES], TEMPLATE_BYTES, ifId);
    int error = hw.wsmApi.join(bss, ifId);
    if (error != 0) {
      priv.joinBssid = 0;
      hw.workqueue.cancelDelayedSync(priv.joinTimeout);
      hw.pwr.clearBusyEvent(PwrEvent.JOIN);
    } else {
      priv.joinStatus.set(Bes2600Vif.JOIN_STA);
      priv.connectInProcess.set(1);
      priv.disableBeaconFilter.set(1);
    }
    hw.sta.updateFiltering(priv);
    hw.sta.confLock.up();
    return error;
  }

  private void blockAckPolicy(int tids, int ifId) {
    if (hw.wsmApi.writeMib(WsmApi.MIB_BLOCK_ACK_POLICY, tids | BLOCK_ACK_TIDS << 8, ifId) != 0) {
      kernel.warn("wsm_set_block_ack_policy");
    }
  }

  /** {@code bes2600_bss_info_changed} with {@code BSS_CHANGED_ASSOC}. */
  int associated(Bes2600Vif priv, Bss bss) {
    if (priv.joinStatus.get() != Bes2600Vif.JOIN_STA) return Errno.EINVAL;
    hw.sta.confLock.down();
    int ifId = priv.ifId;
    priv.joinDtimPeriod.set(bss.dtimPeriod());
    priv.bssid = bss.bssid();
    hw.workqueue.cancelDelayedSync(priv.joinTimeout);
    hw.pwr.clearBusyEvent(PwrEvent.JOIN);
    hw.pwr.setBusyEvent(PwrEvent.GET_IP);
    hw.txRxOpt.timerInit(priv);
    hw.isHt = bss.ht();
    hw.wsmApi.switchChannel(bss.channel(), ifId);
    throttle(bss.ht());
    hw.wsmApi.writeMib(WsmApi.MIB_HT_PROTECTION, 0, ifId);
    priv.aid = bss.aid();
    hw.wsmApi.writeMib(
        WsmApi.MIB_ASSOCIATION_MODE,
        new byte[ASSOCIATION_MODE_BYTES],
        ASSOCIATION_MODE_BYTES,
        ifId);
    hw.wsmApi.writeMib(WsmApi.MIB_KEEP_ALIVE_PERIOD, KEEP_ALIVE_SECONDS, ifId);
    int error = hw.wsmApi.setBssParams(bss.aid(), BEACON_LOST_COUNT, ifId);
    priv.setbssparamsDone.set(1);
    hw.sta.setBeaconWakeupPeriod(priv);
    if (bss.ht()) {
      hw.wsmTxPort.lockTx();
      blockAckPolicy(BLOCK_ACK_TIDS, ifId);
      hw.wsmTxPort.unlockTx();
    }
    hw.wsmApi.writeMib(WsmApi.MIB_TEMPLATE_FRAME, new byte[TEMPLATE_BYTES], TEMPLATE_BYTES, ifId);
    priv.connectInProcess.set(0);
    restartUnjoin(priv);
    hw.sta.confLock.up();
    return error;
  }

  /** Where {@link #join} and {@link #associated} lead, without their commands. */
  void setUpJoined(Bes2600Vif priv, Bss bss) {
    priv.joinBssid = bss.bssid();
    priv.bssid = bss.bssid();
    priv.beaconInterval = bss.beaconIntervalTu();
    priv.joinDtimPeriod.set(bss.dtimPeriod());
    priv.aid = bss.aid();
    priv.joinStatus.set(Bes2600Vif.JOIN_STA);
    priv.setbssparamsDone.set(1);
    hw.isHt = bss.ht();
    hw.wsmGetTx.txBurstIdx.set(-1);
    throttle(bss.ht());
  }

  /** {@code bes2600_bss_info_changed} with the ARP addresses: an IP address is there. */
  void gotIpAddress() {
    hw.pwr.clearBusyEvent(PwrEvent.GET_IP);
  }

  private void throttle(boolean ht) {
    hw.vif0Throttle = ht ? Bes2600Common.THROTTLE_11N : Bes2600Common.THROTTLE_11BG;
    hw.vif1Throttle = hw.vif0Throttle;
  }

  /** {@code bes2600_scan_restart_delayed}. */
  void restartDelayed(Bes2600Vif priv) {
    if (priv.delayedLinkLoss) hw.bssLoss.restartAfterScan(priv);
    restartUnjoin(priv);
  }

  private void restartUnjoin(Bes2600Vif priv) {
    if (!priv.delayedUnjoin) return;
    priv.delayedUnjoin = false;
    if (!hw.workqueue.queue(priv.unjoinWork)) hw.wsmTxPort.unlockTx();
  }

  /** {@code bes2600_join_timeout}: not associated within 3 s. */
  void joinTimeout(Bes2600Vif priv) {
    hw.pwr.clearBusyEvent(PwrEvent.JOIN);
    priv.connectInProcess.set(0);
    hw.wsmTxPort.lockTx();
    unjoinWork(priv);
  }

  /** {@code bes2600_unjoin_work}: the caller locked transmission; this unlocks it. */
  void unjoinWork(Bes2600Vif priv) {
    hw.baStat.timer().deleteSync();
    hw.sta.confLock.down();
    if (hw.scan.inProgress.read() != 0 || priv.connectInProcess.read() != 0) {
      if (priv.delayedUnjoin) {
        hw.wsmTxPort.unlockTx();
      } else {
        priv.delayedUnjoin = true;
      }
      hw.sta.confLock.up();
      return;
    }
    if (priv.joinStatus.get() != Bes2600Vif.JOIN_PASSIVE) leave(priv);
    hw.sta.confLock.up();
    hw.wsmTxPort.unlockTx();
  }

  private void leave(Bes2600Vif priv) {
    int ifId = priv.ifId;
    hw.workqueue.cancelSync(priv.updateFilteringWork);
    hw.workqueue.cancelSync(priv.setBeaconWakeupPeriodWork);
    priv.joinBssid = 0;
    hw.txRxOpt.timerExit(priv);
    hw.pwr.clearBusyEvent(PwrEvent.PS_ACTIVE);
    hw.pwr.apLpBad = false;
    priv.joinStatus.set(Bes2600Vif.JOIN_PASSIVE);
    hw.wsmTxPort.flushTx();
    check(hw.wsmApi.writeMib(WsmApi.MIB_KEEP_ALIVE_PERIOD, 0, ifId));
    check(hw.wsmApi.reset(ifId));
    check(hw.wsmApi.writeMib(WsmApi.MIB_TX_POWER_LEVEL, 200, ifId));
    priv.joinDtimPeriod.set(0);
    check(hw.wsmApi.writeMib(WsmApi.MIB_RCPI_RSSI_THRESHOLD, 0, ifId));
    hw.staEvents.freeEventQueue();
    hw.workqueue.cancelSync(hw.staEvents.eventHandler);
    hw.workqueue.cancelDelayedSync(priv.connectionLossWork);
    blockAckPolicy(0, ifId);
    priv.disableBeaconFilter.set(0);
    priv.setbssparamsDone.set(0);
    priv.aid = 0;
    priv.firmwarePsMode = WsmApi.PSM_ACTIVE;
    throttle(false);
  }

  private void check(int error) {
    if (error != 0) kernel.warn("bes2600_unjoin_work");
  }
}
