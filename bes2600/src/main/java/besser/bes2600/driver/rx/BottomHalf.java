package besser.bes2600.driver.rx;

import besser.kernel.KernelFunction;
import besser.kernel.net.SkBuff;
import java.util.Optional;

/**
 * Option B of the plan, as upstream's cw1200 does it: bh reads the bus itself and dispatches what
 * it reads. There is no {@code rx_queue} and no {@code rx_work}; the interrupt, and the end of a
 * transmission, wake bh. bh reads one transfer in each receive step and so contends with {@code
 * sdio_tx_work} for the host.
 */
public final class BottomHalf implements RxPath {
  private static final KernelFunction BH_RX_HELPER =
      KernelFunction.of("bes2600", "bes2600_bh_rx_helper");

  private final RxHost driver;
  private final TxWanted txWanted = new TxWanted();

  /** {@code bes2600_sdio_misc_init}'s receive part. */
  public BottomHalf(RxHost driver) {
    this.driver = driver;
  }

  @Override
  public void cardMayHaveData() {
    driver.wakeBhToReceive();
  }

  @Override
  public int deliver(SkBuff skb) {
    driver.rxDataCnt().add(1);
    return Math.min(0, driver.handleMessage(skb, txWanted));
  }

  @Override
  public void transferExtracted() {
    driver.batchDispatched();
  }

  @Override
  public boolean wakesBh() {
    return false;
  }

  @Override
  public int bhReceive(boolean rx, TxWanted tx) {
    try (var _ = driver.kernel().enter(BH_RX_HELPER)) {
      if (driver.isBusError()) {
        Optional<SkBuff> answer = driver.txLoopRead();
        return answer.isEmpty() ? 0 : driver.handleMessage(answer.get(), tx);
      }
      if (!rx) return 0;
      txWanted.clear();
      int result = driver.readTransfer();
      if (txWanted.isRaised()) tx.raise();
      return result;
    }
  }

  @Override
  public void bhReceived() {}

  @Override
  public void empty() {}
}
