package besser.bes2600.driver;

import besser.kernel.Kernel;
import besser.kernel.mac80211.TxInfo;
import besser.kernel.mac80211.TxRate;
import besser.kernel.net.SkBuff;
import java.util.List;
import java.util.Optional;

/** sta.c: what happens when beacons stop: null frames probe the access point, then we give up. */
final class BssLoss {
  static final int NONE = 0;
  private static final int CHECKING = 1;
  private static final int CONFIRMING = 2;
  private static final int CONFIRMED = 3;

  /** {@code BSS_LOSS_CK_THR}, {@code BSS_LOSS_CFM_THR}: probes before giving up. */
  private static final int CHECK_THRESHOLD = 1;

  private static final int CONFIRM_THRESHOLD = 1;
  private static final int CHECK_INTERVAL_MILLIS = 2000;
  private static final int CONFIRM_INTERVAL_MILLIS = 200;
  private static final int WATCHDOG_MILLIS = 1000;
  private static final int SCAN_WATCHDOG_MILLIS = 10_000;

  /** Link loss less beacon loss count, in beacons, at ten beacons a second. */
  private static final int REPORT_DELAY_MILLIS = (100 - 50) * 100;

  private static final int NULLFUNC_BYTES = 24;
  private static final int NULLFUNC_TO_DS = 0x0148;
  private static final int VOICE_QUEUE = 0;
  private static final int HEADROOM_BYTES = 64;

  private final Bes2600Common hw;
  private final Kernel kernel;
  private int checks;
  private int confirms;

  BssLoss(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
  }

  /** {@code WSM_EVENT_BSS_LOST}. */
  void lost(Bes2600Vif priv) {
    priv.bssLossLock.lock();
    boolean known = priv.bssLossStatus.get() > NONE;
    if (!known) priv.bssLossStatus.set(CHECKING);
    priv.bssLossLock.unlock();
    if (known) return;
    hw.pwr.setBusyEvent(PwrEvent.BSS_LOST);
    hw.workqueue.cancelDelayedSync(priv.bssLossWork);
    hw.workqueue.cancelDelayedSync(priv.connectionLossWork);
    if (hw.scan.lock.tryDown()) {
      hw.scan.lock.up();
      priv.delayedLinkLoss = false;
      schedule(priv, 0);
    } else {
      priv.delayedLinkLoss = true;
      schedule(priv, SCAN_WATCHDOG_MILLIS);
    }
  }

  /** {@code WSM_EVENT_BSS_REGAINED}. */
  void regained(Bes2600Vif priv) {
    priv.delayedLinkLoss = false;
    setStatus(priv, NONE);
    hw.pwr.clearBusyEvent(PwrEvent.BSS_LOST);
    hw.workqueue.cancelDelayedSync(priv.bssLossWork);
    hw.workqueue.cancelDelayedSync(priv.connectionLossWork);
  }

  /** A link loss that a scan held up. */
  void restartAfterScan(Bes2600Vif priv) {
    priv.delayedLinkLoss = false;
    setStatus(priv, NONE);
    hw.workqueue.cancelDelayedSync(priv.bssLossWork);
    schedule(priv, REPORT_DELAY_MILLIS);
  }

  private void setStatus(Bes2600Vif priv, int status) {
    priv.bssLossLock.lock();
    priv.bssLossStatus.set(status);
    priv.bssLossLock.unlock();
  }

  private void schedule(Bes2600Vif priv, int millis) {
    hw.workqueue.queueDelayed(priv.bssLossWork, kernel.clock().msecsToJiffies(millis));
  }

  /** The part of {@code wsm_handle_tx_data} for null frames. */
  void nullfuncSent(Bes2600Vif priv, int packetId) {
    priv.bssLossLock.lock();
    if (priv.bssLossStatus.get() == CHECKING) {
      priv.bssLossStatus.set(CONFIRMING);
      priv.bssLossConfirmId = packetId;
    }
    priv.bssLossLock.unlock();
  }

  /** The part of {@code bes2600_tx_confirm_cb} for failures. */
  void txFailed(Bes2600Vif priv, int packetId) {
    priv.bssLossLock.lock();
    boolean probe = priv.bssLossStatus.get() == CONFIRMING && priv.bssLossConfirmId == packetId;
    if (probe) priv.bssLossStatus.set(CONFIRMED);
    priv.bssLossLock.unlock();
    if (!probe) return;
    hw.workqueue.cancelDelayed(priv.bssLossWork);
    schedule(priv, CONFIRM_INTERVAL_MILLIS);
  }

  /** {@code bes2600_bss_loss_work}. */
  void bssLossWork(Bes2600Vif priv) {
    priv.bssLossLock.lock();
    int status = priv.bssLossStatus.get();
    if (priv.aid == 0) {
      priv.bssLossStatus.set(NONE);
      priv.bssLossLock.unlock();
      checks = 0;
      confirms = 0;
      return;
    }
    priv.bssLossLock.unlock();
    if (status == CHECKING) {
      checks = 0;
      confirms = 0;
      probe(priv, WATCHDOG_MILLIS);
      return;
    }
    if (status == CONFIRMING) {
      confirms = 0;
      if (checks++ < CHECK_THRESHOLD) {
        priv.bssLossStatus.set(CHECKING);
        probe(priv, CHECK_INTERVAL_MILLIS);
        return;
      }
      checks = 0;
    } else if (status == CONFIRMED) {
      if (confirms++ < CONFIRM_THRESHOLD) {
        priv.bssLossStatus.set(CHECKING);
        probe(priv, CHECK_INTERVAL_MILLIS);
        return;
      }
      confirms = 0;
    }
    report(priv);
  }

  private void report(Bes2600Vif priv) {
    hw.workqueue.cancelDelayedSync(priv.connectionLossWork);
    hw.workqueue.queueDelayed(
        priv.connectionLossWork, kernel.clock().msecsToJiffies(REPORT_DELAY_MILLIS));
    setStatus(priv, NONE);
  }

  /** Sends a null frame; its confirm says whether the access point is there. */
  private void probe(Bes2600Vif priv, int watchdogMillis) {
    Optional<SkBuff> skb = kernel.net().allocSkb(HEADROOM_BYTES, NULLFUNC_BYTES + 8);
    if (skb.isEmpty()) {
      kernel.warn("bes2600_bss_loss_work");
      return;
    }
    byte[] bytes = skb.get().bytes();
    int at = skb.get().put(NULLFUNC_BYTES);
    bytes[at] = (byte) NULLFUNC_TO_DS;
    bytes[at + 1] = (byte) (NULLFUNC_TO_DS >> 8);
    Dot11.putAddress(bytes, at, 1, priv.joinBssid);
    Dot11.putAddress(bytes, at, 2, priv.address);
    Dot11.putAddress(bytes, at, 3, priv.joinBssid);
    TxInfo info = new TxInfo(VOICE_QUEUE, List.of(new TxRate(0, 4, false)), 0, 0);
    hw.tx.tx(priv, skb.get(), info);
    schedule(priv, watchdogMillis);
  }

  /** {@code bes2600_connection_loss_work}. */
  void connectionLossWork() {
    hw.pwr.clearBusyEvent(PwrEvent.BSS_LOST);
    hw.hw80211.connectionLoss();
  }
}
