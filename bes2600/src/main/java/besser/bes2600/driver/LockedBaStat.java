package besser.bes2600.driver;

import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SharedInt;
import besser.kernel.SpinLock;
import besser.kernel.Timer;

/** As shipped: {@code ba_lock} around each update, with bottom halves disabled. */
final class LockedBaStat implements BaStat {
  static final KernelFunction RX = KernelFunction.of("bes2600", "bes2600_rx_h_ba_stat");
  static final KernelFunction TX = KernelFunction.of("bes2600", "bes2600_tx_h_ba_stat");
  static final KernelFunction BA_TIMER = KernelFunction.of("bes2600", "bes2600_ba_timer");

  private final Bes2600Common hw;
  private final Kernel kernel;
  private final SpinLock baLock;
  private final Timer baTimer;
  private final SharedInt baCnt;
  private final SharedInt baAcc;
  private final SharedInt baCntRx;
  private final SharedInt baAccRx;
  private final BaVerdict verdict = new BaVerdict();

  LockedBaStat(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    baLock = kernel.spinLock(new LockClass("ba_lock", "bes2600"));
    baTimer = kernel.timer(BA_TIMER, this::baTimer);
    baCnt = kernel.sharedInt("ba_cnt", 0);
    baAcc = kernel.sharedInt("ba_acc", 0);
    baCntRx = kernel.sharedInt("ba_cnt_rx", 0);
    baAccRx = kernel.sharedInt("ba_acc_rx", 0);
  }

  @Override
  public Timer timer() {
    return baTimer;
  }

  static boolean applies(Bes2600Common hw, Bes2600Vif priv) {
    return priv.joinStatus.get() == Bes2600Vif.JOIN_STA
        && hw.isHt
        && priv.setbssparamsDone.get() != 0;
  }

  @Override
  public void rx(Bes2600Vif priv, int payloadBytes) {
    try (var _ = kernel.enter(RX)) {
      if (!applies(hw, priv)) return;
      baLock.lockBh();
      baAccRx.add(payloadBytes);
      armTimer();
      baCntRx.add(1);
      baLock.unlockBh();
    }
  }

  @Override
  public void tx(Bes2600Vif priv, boolean isData, int payloadBytes) {
    try (var _ = kernel.enter(TX)) {
      if (!applies(hw, priv) || !isData) return;
      baLock.lockBh();
      baAcc.add(payloadBytes);
      armTimer();
      baCnt.add(1);
      baLock.unlockBh();
    }
  }

  private void armTimer() {
    if (baCntRx.get() != 0 || baCnt.get() != 0) return;
    baTimer.mod(kernel.clock().jiffies() + kernel.clock().hz() / 3);
  }

  @Override
  public void reset() {
    baLock.lockBh();
    verdict.reset();
    clear();
    baLock.unlockBh();
  }

  private void clear() {
    baCnt.set(0);
    baAcc.set(0);
    baCntRx.set(0);
    baAccRx.set(0);
  }

  private void baTimer() {
    baLock.lockBh();
    if (hw.scan.inProgress.read() == 0) {
      verdict.update(baCnt::get, baAcc::get, baCntRx::get, baAccRx::get);
    }
    clear();
    baLock.unlockBh();
  }
}
