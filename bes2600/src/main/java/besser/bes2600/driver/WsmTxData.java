package besser.bes2600.driver;

import besser.bes2600.wire.TxRequest;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.net.SkBuff;

/** wsm.c: {@code wsm_handle_tx_data}, frames that are not simply sent. */
final class WsmTxData {
  private static final KernelFunction HANDLE_TX_DATA =
      KernelFunction.of("bes2600", "wsm_handle_tx_data");

  private enum Action {
    TX,
    DROP,
    JOIN,
    PROBE
  }

  private final Bes2600Common hw;
  private final Kernel kernel;

  WsmTxData(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
  }

  /** Whether the frame was dealt with here; false sends it. Under {@code vif_lock}. */
  boolean handled(Bes2600Vif priv, TxQueueItem item, TxQueue queue) {
    try (var _ = kernel.enter(HANDLE_TX_DATA)) {
      SkBuff skb = item.skb.orElseThrow();
      int frame = skb.dataOffset() + item.txpriv.offset;
      int fc = Dot11.frameControl(skb.bytes(), frame);
      return switch (action(priv, skb, frame, fc)) {
        case TX -> {
          if (Dot11.isDeauth(fc)) deauthSent(priv);
          yield false;
        }
        case DROP -> {
          hw.log.err("[WSM] Drop frame (0x" + Integer.toHexString(fc) + ").");
          if (queue.remove(item.packetId) != 0) kernel.bug("wsm_handle_tx_data");
          yield true;
        }
        case JOIN -> {
          join(priv, skb);
          yield true;
        }
        case PROBE -> {
          probe(skb);
          yield true;
        }
      };
    }
  }

  private Action action(Bes2600Vif priv, SkBuff skb, int frame, int fc) {
    if (priv.mode.get() != Bes2600Vif.MODE_STATION) return Action.DROP;
    int joinStatus = priv.joinStatus.get();
    if (joinStatus == Bes2600Vif.JOIN_STA && Dot11.isNullfunc(fc)) {
      hw.bssLoss.nullfuncSent(priv, TxRequest.packetId(skb.bytes(), skb.dataOffset()));
      return Action.TX;
    }
    boolean elsewhere = Dot11.address(skb.bytes(), frame, 1) != priv.joinBssid;
    if (joinStatus <= Bes2600Vif.JOIN_MONITOR || elsewhere) {
      if (Dot11.isAuth(fc)) return Action.JOIN;
      if (Dot11.isProbeReq(fc)) return Action.PROBE;
      if (elsewhere && joinStatus == Bes2600Vif.JOIN_STA && Dot11.isData(fc)) return Action.DROP;
      if (joinStatus < Bes2600Vif.JOIN_MONITOR && hw.scan.interfaceScanning() != -1) {
        return Action.DROP;
      }
    }
    return Dot11.isProbeReq(fc) ? Action.PROBE : Action.TX;
  }

  private void deauthSent(Bes2600Vif priv) {
    priv.connectInProcess.set(0);
    hw.coex.request(Coex.DISCONNECTING);
    hw.wsmTxPort.lockTxAsync();
    if (!hw.workqueue.queue(priv.unjoinWork)) hw.wsmTxPort.unlockTx();
  }

  private void join(Bes2600Vif priv, SkBuff skb) {
    hw.wsmTxPort.lockTxAsync();
    hw.wsmGetTx.pendingFrameId.set(TxRequest.packetId(skb.bytes(), skb.dataOffset()));
    hw.coex.request(Coex.CONNECTING);
    if (!hw.workqueue.queue(priv.joinWork)) hw.wsmTxPort.unlockTx();
  }

  private void probe(SkBuff skb) {
    hw.wsmTxPort.lockTxAsync();
    hw.wsmGetTx.pendingFrameId.set(TxRequest.packetId(skb.bytes(), skb.dataOffset()));
    hw.workqueue.queueDelayed(hw.scan.probeWork, 0);
  }
}
