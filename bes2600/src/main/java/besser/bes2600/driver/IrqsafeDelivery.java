package besser.bes2600.driver;

import besser.kernel.mac80211.RxStatus;
import besser.kernel.net.SkBuff;

/** As shipped: {@code ieee80211_rx_irqsafe}, frame by frame. */
final class IrqsafeDelivery implements RxDelivery {
  private final Bes2600Common hw;

  IrqsafeDelivery(Bes2600Common hw) {
    this.hw = hw;
  }

  @Override
  public void deliver(SkBuff skb, RxStatus status) {
    hw.hw80211.rxIrqsafe(skb, status);
  }

  @Override
  public void batchDispatched() {}
}
