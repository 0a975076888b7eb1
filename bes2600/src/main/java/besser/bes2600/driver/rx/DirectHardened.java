package besser.bes2600.driver.rx;

import besser.kernel.KernelFunction;
import besser.kernel.net.SkBuff;
import java.util.Optional;

/**
 * {@link Direct} with what the checks forced on it (docs/patch-c-review.md): bh goes on reading the
 * answers of the TX loop once the bus is dead. All the changes are listed in {@link
 * besser.bes2600.driver.Hardening}.
 */
public final class DirectHardened implements RxPath {
  private static final KernelFunction BH_RX_HELPER =
      KernelFunction.of("bes2600", "bes2600_bh_rx_helper");

  private final RxHost driver;
  private final Direct direct;

  /** {@code bes2600_sdio_misc_init}'s receive part. */
  public DirectHardened(RxHost driver) {
    this.driver = driver;
    direct = new Direct(driver);
  }

  @Override
  public void cardMayHaveData() {
    direct.cardMayHaveData();
  }

  @Override
  public int deliver(SkBuff skb) {
    return direct.deliver(skb);
  }

  @Override
  public void transferExtracted() {
    direct.transferExtracted();
  }

  @Override
  public boolean wakesBh() {
    return direct.wakesBh();
  }

  @Override
  public int bhReceive(boolean rx, TxWanted tx) {
    if (!driver.isBusError()) return 0;
    driver.startTxLoop();
    try (var _ = driver.kernel().enter(BH_RX_HELPER)) {
      Optional<SkBuff> answer = driver.txLoopRead();
      return answer.isEmpty() ? 0 : driver.handleMessage(answer.get(), tx);
    }
  }

  @Override
  public void bhReceived() {}

  @Override
  public void empty() {}
}
