package besser.bes2600.driver;

import besser.bes2600.wire.LittleEndian;
import besser.bes2600.wire.RxIndication;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.net.SkBuff;
import java.util.Optional;

/** wsm.c: {@code wsm_receive_indication}, under whose {@code vif_lock} mac80211 gets the frame. */
final class WsmReceive {
  private static final KernelFunction RECEIVE_INDICATION =
      KernelFunction.of("bes2600", "wsm_receive_indication");

  private final Bes2600Common hw;
  private final Kernel kernel;

  WsmReceive(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
  }

  int receiveIndication(int link, SkBuff skb) {
    try (var _ = kernel.enter(RECEIVE_INDICATION)) {
      hw.wsmCmd.rxTimestamp.set(kernel.clock().jiffies());
      int ifId = link == Bes2600Common.GENERIC_IF_ID ? hw.scan.receivingInterface() : link;
      if (ifId == -1) return 0;
      Optional<Bes2600Vif> vif = hw.hwPrivToVif(ifId);
      if (vif.isEmpty()) return 0;
      Bes2600Vif priv = vif.get();
      boolean taken = receive(priv, skb);
      priv.vifLock.unlock();
      return taken ? WsmRx.TAKEN : 0;
    }
  }

  private boolean receive(Bes2600Vif priv, SkBuff skb) {
    byte[] bytes = skb.bytes();
    int at = skb.dataOffset();
    int status = RxIndication.status(bytes, at);
    int rcpi = RxIndication.rcpi(bytes, at);
    int frame = at + RxIndication.HEADER_BYTES;
    if (skb.length() < RxIndication.HEADER_BYTES + 2) return false;
    int fc = Dot11.frameControl(bytes, frame);
    if (rcpi == 0 && (Dot11.isProbeResp(fc) || Dot11.isBeacon(fc))) {
      hw.counters.droppedWithoutSignal++;
      return false;
    }
    int signal = 0;
    int reported = rcpi;
    if (!priv.cqmUseRssi) {
      signal = (byte) (rcpi / 2 - 110);
      reported = signal;
    }
    if (Dot11.isData(fc)) averageSignal(priv, signal);
    skb.pull(RxIndication.HEADER_BYTES);
    if (status == 0 && (Dot11.isDeauth(fc) || Dot11.isDisassoc(fc))) {
      deauthenticated(priv, skb, fc);
    }
    boolean taken = hw.rxCb.rx(priv, bytes, at, reported, skb);
    if (!taken) skb.push(RxIndication.HEADER_BYTES);
    return taken;
  }

  private static void averageSignal(Bes2600Vif priv, int signal) {
    if (priv.signal.get() == 0) {
      priv.signal.set(signal);
      priv.signalMul.set(signal * 100);
      return;
    }
    int mul = priv.signalMul.get() * 80 / 100 + signal * 20;
    priv.signalMul.set(mul);
    priv.signal.set(mul / 100);
  }

  private void deauthenticated(Bes2600Vif priv, SkBuff skb, int fc) {
    byte[] bytes = skb.bytes();
    int at = skb.dataOffset();
    if (skb.length() >= 24 && priv.joinStatus.get() == Bes2600Vif.JOIN_STA) {
      long addr3 = Dot11.address(bytes, at, 3);
      boolean ours = addr3 == priv.joinBssid || addr3 == priv.bssid;
      if (ours && !isIgnored(priv, skb, fc)) {
        hw.wsmTxPort.lockTxAsync();
        if (!hw.workqueue.queue(priv.unjoinWork)) hw.wsmTxPort.unlockTx();
      }
    }
    hw.chardev.wakeupByEventNone();
  }

  private boolean isIgnored(Bes2600Vif priv, SkBuff skb, int fc) {
    long addr1 = Dot11.address(skb.bytes(), skb.dataOffset(), 1);
    if (Dot11.isMulticast(addr1)) return hasMmie(skb) != priv.pmf;
    if (addr1 != priv.address) return true;
    return Dot11.isProtected(fc) != priv.pmf || priv.connectInProcess.read() != 0;
  }

  private static boolean hasMmie(SkBuff skb) {
    if (skb.length() < 24 + Dot11.MMIE_BYTES) return false;
    int element = skb.dataOffset() + skb.length() - Dot11.MMIE_BYTES;
    return LittleEndian.u8(skb.bytes(), element) == Dot11.EID_MMIE
        && LittleEndian.u8(skb.bytes(), element + 1) == Dot11.MMIE_BYTES - 2;
  }
}
