package besser.bes2600.driver.rx;

import besser.bes2600.wire.WsmHeader;
import besser.kernel.net.SkBuff;

/**
 * Patch C to the letter of its sketch (section 4.4): {@code extract_packets} calls {@code
 * wsm_handle_rx}, and frees what that leaves behind. Nothing that {@code bes2600_bh_rx_helper} did
 * around that call moves with it, and its result is not looked at. {@code irq_handler} is called
 * after transfers that hold a confirm, not after those that hold received frames only.
 */
public final class DirectSketch implements RxPath {
  private final RxHost driver;
  private boolean confirmSeen;

  /** {@code bes2600_sdio_misc_init}'s receive part. */
  public DirectSketch(RxHost driver) {
    this.driver = driver;
  }

  @Override
  public void cardMayHaveData() {
    driver.queueRxWork();
  }

  @Override
  public int deliver(SkBuff skb) {
    driver.rxDataCnt().add(1);
    confirmSeen |= isConfirm(skb);
    driver.dispatch(skb);
    return 0;
  }

  private static boolean isConfirm(SkBuff skb) {
    byte[] bytes = skb.bytes();
    int at = skb.dataOffset();
    int id = WsmHeader.id(WsmHeader.rawId(bytes, at));
    int label = (id & 0xc00) == 0xc00 ? WsmHeader.mcuLabel(bytes, at) : 0;
    return WsmHeader.isConfirm(id, label);
  }

  @Override
  public void transferExtracted() {
    driver.batchDispatched();
  }

  @Override
  public boolean wakesBh() {
    boolean wakes = confirmSeen;
    confirmSeen = false;
    return wakes;
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
