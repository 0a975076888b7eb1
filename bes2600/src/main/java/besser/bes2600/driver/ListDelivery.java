package besser.bes2600.driver;

import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.mac80211.RxList;
import besser.kernel.mac80211.RxStatus;
import besser.kernel.net.SkBuff;
import java.util.ArrayDeque;

/**
 * Patch C2: frames are kept until their batch is dispatched, then go through {@code
 * ieee80211_rx_list} and up to the stack as one list. As mac80211 demands, bottom halves are
 * disabled meanwhile, the caller is a task, and it is always the one context that dispatches, which
 * is why the frames need no lock here.
 */
final class ListDelivery implements RxDelivery {
  private static final KernelFunction RX_COMPLETE =
      KernelFunction.of("bes2600", "bes2600_rx_complete");

  private record Frame(SkBuff skb, RxStatus status) {}

  private final Bes2600Common hw;
  private final Kernel kernel;
  private final ArrayDeque<Frame> frames = new ArrayDeque<>();

  ListDelivery(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
  }

  @Override
  public void deliver(SkBuff skb, RxStatus status) {
    frames.add(new Frame(skb, status));
  }

  @Override
  public void batchDispatched() {
    if (frames.isEmpty()) return;
    try (var _ = kernel.enter(RX_COMPLETE)) {
      RxList list = new RxList();
      kernel.localBhDisable();
      while (!frames.isEmpty()) {
        Frame next = frames.removeFirst();
        hw.hw80211.rxList(next.skb(), next.status(), list);
      }
      hw.hw80211.netifReceiveSkbList(list);
      kernel.localBhEnable();
    }
  }
}
