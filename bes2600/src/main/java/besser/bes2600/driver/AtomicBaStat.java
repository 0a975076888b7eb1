package besser.bes2600.driver;

import besser.kernel.AtomicInt;
import besser.kernel.Kernel;
import besser.kernel.Timer;

/**
 * Patch D: the same statements on atomic counters, without {@code ba_lock}. Each counter is right
 * by itself; that the test of both counts, the arming of the timer and the increment no longer are
 * one step is what the patch trades.
 */
final class AtomicBaStat implements BaStat {
  private final Bes2600Common hw;
  private final Kernel kernel;
  private final Timer baTimer;
  private final AtomicInt baCnt;
  private final AtomicInt baAcc;
  private final AtomicInt baCntRx;
  private final AtomicInt baAccRx;
  private final BaVerdict verdict = new BaVerdict();

  AtomicBaStat(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    baTimer = kernel.timer(LockedBaStat.BA_TIMER, this::baTimer);
    baCnt = kernel.atomic("ba_cnt", 0);
    baAcc = kernel.atomic("ba_acc", 0);
    baCntRx = kernel.atomic("ba_cnt_rx", 0);
    baAccRx = kernel.atomic("ba_acc_rx", 0);
  }

  @Override
  public Timer timer() {
    return baTimer;
  }

  @Override
  public void rx(Bes2600Vif priv, int payloadBytes) {
    try (var _ = kernel.enter(LockedBaStat.RX)) {
      if (!LockedBaStat.applies(hw, priv)) return;
      account(baAccRx, baCntRx, payloadBytes);
    }
  }

  @Override
  public void tx(Bes2600Vif priv, boolean isData, int payloadBytes) {
    try (var _ = kernel.enter(LockedBaStat.TX)) {
      if (!LockedBaStat.applies(hw, priv) || !isData) return;
      account(baAcc, baCnt, payloadBytes);
    }
  }

  private void account(AtomicInt bytes, AtomicInt count, int payloadBytes) {
    bytes.add(payloadBytes);
    if (baCntRx.read() == 0 && baCnt.read() == 0) {
      baTimer.mod(kernel.clock().jiffies() + kernel.clock().hz() / 3);
    }
    count.add(1);
  }

  @Override
  public void reset() {
    verdict.reset();
    clear();
  }

  private void clear() {
    baCnt.set(0);
    baAcc.set(0);
    baCntRx.set(0);
    baAccRx.set(0);
  }

  private void baTimer() {
    if (hw.scan.inProgress.read() == 0) {
      verdict.update(baCnt::read, baAcc::read, baCntRx::read, baAccRx::read);
    }
    clear();
  }
}
