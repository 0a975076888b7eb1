package besser.bes2600.driver;

import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SharedInt;
import besser.kernel.SpinLock;
import besser.kernel.Timer;

/**
 * txrx.c and sta.c: block-ack statistics. Once per data frame in either direction; the result is
 * shown in debugfs and used for nothing.
 */
final class BaStat {
  private static final KernelFunction RX = KernelFunction.of("bes2600", "bes2600_rx_h_ba_stat");
  private static final KernelFunction TX = KernelFunction.of("bes2600", "bes2600_tx_h_ba_stat");
  private static final KernelFunction BA_TIMER = KernelFunction.of("bes2600", "bes2600_ba_timer");

  /** {@code BES2600_BLOCK_ACK_CNT}: frames per interval that make block acks worth while. */
  private static final int BLOCK_ACK_COUNT = 30;

  /** {@code BES2600_BLOCK_ACK_THLD}: bytes per frame. */
  private static final int BLOCK_ACK_THRESHOLD_BYTES = 800;

  private static final int BLOCK_ACK_HISTORY = 3;

  private final Bes2600Common hw;
  private final Kernel kernel;
  private final SpinLock baLock;
  final Timer baTimer;
  private final SharedInt baCnt;
  private final SharedInt baAcc;
  private final SharedInt baCntRx;
  private final SharedInt baAccRx;
  private int history;
  private boolean enabled;

  BaStat(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    baLock = kernel.spinLock(new LockClass("ba_lock", "bes2600"));
    baTimer = kernel.timer(BA_TIMER, this::baTimer);
    baCnt = kernel.sharedInt("ba_cnt", 0);
    baAcc = kernel.sharedInt("ba_acc", 0);
    baCntRx = kernel.sharedInt("ba_cnt_rx", 0);
    baAccRx = kernel.sharedInt("ba_acc_rx", 0);
  }

  private boolean applies(Bes2600Vif priv) {
    return priv.joinStatus.get() == Bes2600Vif.JOIN_STA
        && hw.isHt
        && priv.setbssparamsDone.get() != 0;
  }

  /** {@code bes2600_rx_h_ba_stat}. */
  void rx(Bes2600Vif priv, int payloadBytes) {
    try (var _ = kernel.enter(RX)) {
      if (!applies(priv)) return;
      baLock.lockBh();
      baAccRx.add(payloadBytes);
      armTimer();
      baCntRx.add(1);
      baLock.unlockBh();
    }
  }

  /** {@code bes2600_tx_h_ba_stat}. */
  void tx(Bes2600Vif priv, boolean isData, int payloadBytes) {
    try (var _ = kernel.enter(TX)) {
      if (!applies(priv) || !isData) return;
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

  /** What joining a BSS does. */
  void reset() {
    baLock.lockBh();
    enabled = false;
    history = 0;
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
    if (hw.scan.inProgress.read() == 0) updateStatistic();
    clear();
    baLock.unlockBh();
  }

  private void updateStatistic() {
    int count = baCnt.get();
    int countRx = baCntRx.get();
    boolean worth =
        count >= BLOCK_ACK_COUNT
            && (baAcc.get() / count >= BLOCK_ACK_THRESHOLD_BYTES
                || (countRx >= BLOCK_ACK_COUNT
                    && baAccRx.get() / countRx >= BLOCK_ACK_THRESHOLD_BYTES));
    if (worth == enabled) {
      if (history != 0) history--;
    } else if (worth || ++history >= BLOCK_ACK_HISTORY) {
      enabled = worth;
      history = 0;
    }
  }
}
