package besser.bes2600.driver;

import besser.kernel.Kernel;
import besser.kernel.LockClass;
import besser.kernel.SharedInt;
import besser.kernel.SpinLock;
import besser.kernel.Workqueue;
import besser.kernel.WorkqueueFlag;
import besser.kernel.mac80211.Ieee80211Hw;
import besser.kernel.mmc.SdioFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code struct bes2600_common}, called hw_priv: everything there is one of. */
final class Bes2600Common {
  /** {@code CW12XX_MAX_VIFS} with P2P. */
  static final int MAX_VIFS = 3;

  /** {@code CW12XX_GENERIC_IF_ID}. */
  static final int GENERIC_IF_ID = 2;

  /** {@code CW12XX_HOST_VIF0_11N_THROTTLE} and {@code _11BG_}. */
  static final int THROTTLE_11N = 63;

  static final int THROTTLE_11BG = 15;

  /** Seconds that a frame may wait: voice, video, best effort, background. */
  private static final int[] TTL_SECONDS = {1, 2, 5, 10};

  final Kernel kernel;
  final SharedVariables variables;
  private final Set<Hardening> hardenings;
  final Ieee80211Hw hw80211;
  final Log log;
  final Counters counters = new Counters();
  final SbusPriv sbus;
  final Workqueue workqueue;
  final SpinLock vifListLock;
  final List<Optional<Bes2600Vif>> vifs = new ArrayList<>();
  final SharedInt numInpChBufs;
  final Chardev chardev;
  final SdioPower sdioPower;
  final TxBuffers txBuffers;
  final BhRx bhRxBody;
  final BhTx bhTx;
  final Bh bh;
  final SdioRx sdioRx;
  final SdioTx sdioTx;
  final TxLoop txLoop;
  final Pwr pwr;
  final WsmCmd wsmCmd;
  final WsmTxPort wsmTxPort;
  final WsmRx wsmRx;
  final WsmIndication wsmIndication;
  final WsmReceive wsmReceive;
  final WsmGetTx wsmGetTx;
  final WsmTxData wsmTxData;
  final WsmApi wsmApi;
  final RxCb rxCb;
  final Tx tx;
  final TxConfirmCb txConfirm;
  final TxPolicyCache txPolicyCache;
  final TxQueueStats txQueueStats;
  final TxQueue[] txQueues = new TxQueue[TTL_SECONDS.length];
  final BaStat baStat;
  final RxDelivery delivery;
  final PsStateLock psStateLock;
  final Coex coex;
  final Scan scan;
  final Sta sta;
  final StaJoin staJoin;
  final StaEvents staEvents;
  final BssLoss bssLoss;
  final TxRxOpt txRxOpt;
  final Main main;
  int vif0Throttle = THROTTLE_11BG;
  int vif1Throttle = THROTTLE_11BG;
  boolean isHt;

  /** What the driver counts for whoever reads its figures. */
  static final class Counters {
    long rxed;
    long dropped;
    long droppedWithoutSignal;
    long txed;
    long txFailed;
    long txRequeued;
    long txSoftwareRetries;
    long txAttempts;
  }

  /** {@code bes2600_init_common} and {@code bes2600_sdio_misc_init}. */
  Bes2600Common(Kernel kernel, SdioFunction func, Ieee80211Hw hw80211, Bes2600.Config config) {
    this.kernel = kernel;
    this.hw80211 = hw80211;
    hardenings = config.variant().hardenings();
    variables = new SharedVariables(kernel, hardenings);
    log = new Log(kernel);
    sbus = new SbusPriv(kernel, variables, func);
    workqueue = kernel.allocWorkqueue("bes2600_wq", 1, WorkqueueFlag.ORDERED);
    vifListLock = kernel.spinLock(new LockClass("vif_list_lock", "bes2600"));
    for (int i = 0; i < MAX_VIFS; i++) vifs.add(Optional.empty());
    numInpChBufs = variables.sharedInt("wsm_caps.numInpChBufs", 0);
    chardev = new Chardev(this);
    sdioPower = new SdioPower(this, config.wakeupLine());
    txBuffers = config.variant().topology().txBuffers(this);
    bhRxBody = new BhRx(this);
    bhTx = new BhTx(this);
    bh = new Bh(this);
    sdioRx = new SdioRx(this, config.variant().rxPath(bhRxBody));
    sdioTx = new SdioTx(this);
    txLoop = new TxLoop(this);
    wsmCmd = new WsmCmd(this);
    wsmTxPort = new WsmTxPort(this);
    wsmRx = new WsmRx(this);
    wsmIndication = new WsmIndication(this);
    wsmReceive = new WsmReceive(this);
    wsmGetTx = new WsmGetTx(this, config.random());
    wsmTxData = new WsmTxData(this);
    wsmApi = new WsmApi(this);
    rxCb = new RxCb(this);
    tx = new Tx(this, config.cpus());
    txConfirm = new TxConfirmCb(this);
    txPolicyCache = new TxPolicyCache(this);
    txQueueStats = new TxQueueStats(kernel);
    for (int i = 0; i < txQueues.length; i++) {
      long ttlJiffies = (long) TTL_SECONDS[i] * kernel.clock().hz();
      txQueues[i] = new TxQueue(this, txQueueStats, i, ttlJiffies);
    }
    baStat = config.variant().baStat(this);
    delivery = config.variant().delivery(this);
    psStateLock = config.variant().psStateLock();
    coex = new Coex(this);
    scan = new Scan(this);
    pwr = new Pwr(this);
    sta = new Sta(this);
    staJoin = new StaJoin(this);
    staEvents = new StaEvents(this);
    bssLoss = new BssLoss(this);
    txRxOpt = new TxRxOpt(this);
    main = new Main(this);
  }

  /** Whether a change that the checks forced is made. */
  boolean has(Hardening hardening) {
    return hardenings.contains(hardening);
  }

  /** {@code WARN_ON} as shipped, of something that a card or a lack of memory can cause. */
  void complain(String function) {
    if (has(Hardening.NO_WARN)) {
      log.err(function + " failed");
    } else {
      kernel.warn(function);
    }
  }

  /** {@code cw12xx_hwpriv_to_vifpriv}: the interface's {@code vif_lock} is held on return. */
  Optional<Bes2600Vif> hwPrivToVif(int ifId) {
    if (ifId < 0 || ifId >= MAX_VIFS) {
      // C's test lets MAX_VIFS itself through, into what lies behind the array.
      kernel.warn("cw12xx_hwpriv_to_vifpriv");
      return Optional.empty();
    }
    vifListLock.lock();
    Optional<Bes2600Vif> vif = vifs.get(ifId);
    if (vif.isPresent()) vif.get().vifLock.lock();
    vifListLock.unlock();
    return vif;
  }

  /** {@code bes2600_tx_queues_lock}. */
  void lockTxQueues() {
    for (TxQueue queue : txQueues) queue.lockQueue();
  }

  /** {@code bes2600_tx_queues_unlock}. */
  void unlockTxQueues() {
    for (TxQueue queue : txQueues) queue.unlockQueue();
  }

  /** {@code bes2600_suspend_resume} for a station interface; under {@code vif_lock}. */
  void suspendResume(Bes2600Vif priv, boolean stop, boolean multicast) {
    priv.psStateLock.lockBh();
    if (multicast && stop) priv.txMulticast.set(0);
    if (multicast && !stop) {
      long timeout =
          (long) priv.joinDtimPeriod.get()
              * (priv.beaconInterval + 20)
              * kernel.clock().hz()
              / 1024;
      int millis = (int) (timeout * 1000 / kernel.clock().hz());
      pwr.setBusyEventWithTimeoutAsync(PwrEvent.MUL_REQ, millis);
    }
    priv.psStateLock.unlockBh();
    if (!multicast && !stop) bh.wakeup();
  }
}
