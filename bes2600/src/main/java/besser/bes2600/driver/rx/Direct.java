package besser.bes2600.driver.rx;

import besser.kernel.KernelFunction;
import besser.kernel.net.SkBuff;

/**
 * Patch C, option A: {@code sdio_rx_work} dispatches every message itself. There is no {@code
 * rx_queue}, no {@code pipe_read}, and bh makes no receive call.
 *
 * <p>Where the plan is silent nothing is added; docs/decisions says how each silence was read.
 */
public final class Direct implements RxPath {
  private static final KernelFunction DELIVER_RX =
      KernelFunction.of("bes2600", "bes2600_sdio_deliver_rx");

  private final RxHost driver;
  private final TxWanted tx = new TxWanted();

  /** {@code bes2600_sdio_misc_init}'s receive part. */
  public Direct(RxHost driver) {
    this.driver = driver;
  }

  @Override
  public void cardMayHaveData() {
    driver.queueRxWork();
  }

  @Override
  public int deliver(SkBuff skb) {
    try (var _ = driver.kernel().enter(DELIVER_RX)) {
      driver.rxDataCnt().add(1);
      if (driver.isBusError()) {
        driver.kernel().net().kfreeSkb(skb);
        return 0;
      }
      return Math.min(0, driver.handleMessage(skb, tx));
    }
  }

  @Override
  public void transferExtracted() {
    driver.batchDispatched();
  }

  @Override
  public boolean wakesBh() {
    return true;
  }

  @Override
  public int bhReceive(boolean rx, TxWanted tx) {
    return 0;
  }

  @Override
  public void bhReceived() {}

  @Override
  public void empty() {}
}
