package besser.bes2600.driver;

import besser.kernel.AtomicInt;
import besser.kernel.DelayedWork;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SharedInt;
import besser.kernel.SpinLock;
import besser.kernel.Work;

/** {@code struct bes2600_vif}: one station interface. */
final class Bes2600Vif {
  static final int MODE_UNSPECIFIED = 0;
  static final int MODE_STATION = 2;

  static final int JOIN_PASSIVE = 0;
  static final int JOIN_MONITOR = 1;
  static final int JOIN_STA = 2;

  /** {@code struct wsm_edca_queue_params}. */
  record Edca(int aifns, int cwMin, int cwMax, int txOpLimit) {}

  final int ifId;
  final long address;
  final AtomicInt enabled;
  final SpinLock vifLock;
  final SpinLock psStateLock;
  final SpinLock bssLossLock;
  final SharedInt mode;
  final SharedInt joinStatus;
  final SharedInt setbssparamsDone;
  final SharedInt signal;
  final SharedInt signalMul;
  final SharedInt bufferedMulticasts;
  final SharedInt txMulticast;
  final SharedInt staAsleepMask;
  final SharedInt pspollMask;
  final SharedInt disableBeaconFilter;
  final SharedInt joinDtimPeriod;
  final SharedInt bssLossStatus;
  final SharedInt receivedFragmentCount;
  final SharedInt receivedDataBytes;
  final SharedInt transmittedFrameCount;
  final SharedInt transmittedDataBytes;
  final SharedInt retryCount;
  final SharedInt failedCount;
  final AtomicInt connectInProcess;
  final Work joinWork;
  final Work unjoinWork;
  final Work updateFilteringWork;
  final Work setBeaconWakeupPeriodWork;
  final DelayedWork joinTimeout;
  final DelayedWork bssLossWork;
  final DelayedWork connectionLossWork;

  /** The defaults of {@code bes2600_vif_setup}: voice, video, best effort, background. */
  final Edca[] edca = {
    new Edca(2, 3, 7, 47),
    new Edca(2, 7, 15, 94),
    new Edca(3, 15, 1023, 0),
    new Edca(7, 15, 1023, 0)
  };

  /** Received levels are RCPI: the RSSI subscription is never made. */
  final boolean cqmUseRssi = false;

  long joinBssid;
  long bssid;
  boolean pmf;
  boolean delayedUnjoin;
  boolean delayedLinkLoss;
  int aid;
  int beaconInterval;
  int powersaveMode = WsmApi.PSM_FAST_PS;
  int firmwarePsMode = WsmApi.PSM_ACTIVE;
  int bssLossConfirmId;

  Bes2600Vif(Bes2600Common hw, int ifId, long address) {
    this.ifId = ifId;
    this.address = address;
    Kernel kernel = hw.kernel;
    SharedVariables variables = hw.variables;
    enabled = kernel.atomic("priv->enabled", 0);
    vifLock = kernel.spinLock(new LockClass("vif_lock", "bes2600"));
    psStateLock = kernel.spinLock(new LockClass("ps_state_lock", "bes2600"));
    bssLossLock = kernel.spinLock(new LockClass("bss_loss_lock", "bes2600"));
    mode = kernel.sharedInt("priv->mode", MODE_UNSPECIFIED);
    joinStatus = kernel.sharedInt("join_status", JOIN_PASSIVE);
    setbssparamsDone = kernel.sharedInt("setbssparams_done", 0);
    signal = kernel.sharedInt("priv->signal", 0);
    signalMul = kernel.sharedInt("priv->signal_mul", 0);
    bufferedMulticasts = kernel.sharedInt("buffered_multicasts", 0);
    txMulticast = kernel.sharedInt("tx_multicast", 0);
    staAsleepMask = kernel.sharedInt("sta_asleep_mask", 0);
    pspollMask = kernel.sharedInt("pspoll_mask", 0);
    disableBeaconFilter = variables.sharedInt("disable_beacon_filter", 0);
    joinDtimPeriod = kernel.sharedInt("join_dtim_period", 0);
    bssLossStatus = kernel.sharedInt("bss_loss_status", BssLoss.NONE);
    receivedFragmentCount = kernel.sharedInt("dot11ReceivedFragmentCount", 0);
    receivedDataBytes = kernel.sharedInt("dot11ReceivedDataBytes", 0);
    transmittedFrameCount = kernel.sharedInt("dot11TransmittedFrameCount", 0);
    transmittedDataBytes = kernel.sharedInt("dot11TransmittedDataBytes", 0);
    retryCount = kernel.sharedInt("dot11RetryCount", 0);
    failedCount = kernel.sharedInt("dot11FailedCount", 0);
    connectInProcess = kernel.atomic("connect_in_process", 0);
    joinWork = kernel.work(function("bes2600_join_work"), () -> hw.staJoin.joinWork(this));
    unjoinWork = kernel.work(function("bes2600_unjoin_work"), () -> hw.staJoin.unjoinWork(this));
    updateFilteringWork =
        kernel.work(function("bes2600_update_filtering_work"), () -> hw.sta.updateFiltering(this));
    setBeaconWakeupPeriodWork =
        kernel.work(
            function("bes2600_set_beacon_wakeup_period_work"),
            () -> hw.sta.setBeaconWakeupPeriod(this));
    joinTimeout =
        kernel.delayedWork(function("bes2600_join_timeout"), () -> hw.staJoin.joinTimeout(this));
    bssLossWork =
        kernel.delayedWork(function("bes2600_bss_loss_work"), () -> hw.bssLoss.bssLossWork(this));
    connectionLossWork =
        kernel.delayedWork(
            function("bes2600_connection_loss_work"), () -> hw.bssLoss.connectionLossWork());
  }

  private static KernelFunction function(String name) {
    return KernelFunction.of("bes2600", name);
  }
}
