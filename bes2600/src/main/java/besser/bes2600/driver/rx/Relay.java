package besser.bes2600.driver.rx;

import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SpinLock;
import besser.kernel.net.SkBuff;
import besser.kernel.net.SkBuffHead;
import java.util.Optional;

/**
 * The driver as shipped: {@code sdio_rx_work} queues every message on {@code rx_queue}, and bh
 * takes it from there and dispatches it.
 */
public final class Relay implements RxPath {
  private static final KernelFunction BH_RX_HELPER =
      KernelFunction.of("bes2600", "bes2600_bh_rx_helper");
  private static final KernelFunction PIPE_READ =
      KernelFunction.of("bes2600", "bes2600_sdio_pipe_read");

  private final RxHost driver;
  private final SpinLock rxQueueLock;
  private final SkBuffHead rxQueue;

  /** {@code bes2600_sdio_misc_init}'s receive part. */
  public Relay(RxHost driver) {
    this.driver = driver;
    rxQueueLock = driver.kernel().spinLock(new LockClass("rx_queue_lock", "bes2600"));
    rxQueue = driver.kernel().net().skbQueueHead("rx_queue");
  }

  @Override
  public void cardMayHaveData() {
    driver.queueRxWork();
  }

  @Override
  public int deliver(SkBuff skb) {
    rxQueueLock.lock();
    rxQueue.queueTail(skb);
    driver.rxDataCnt().add(1);
    rxQueueLock.unlock();
    return 0;
  }

  @Override
  public void transferExtracted() {}

  @Override
  public boolean wakesBh() {
    return true;
  }

  @Override
  public int bhReceive(boolean rx, TxWanted tx) {
    try (var _ = driver.kernel().enter(BH_RX_HELPER)) {
      Optional<SkBuff> skb = pipeRead();
      if (skb.isEmpty()) return 0;
      return driver.handleMessage(skb.get(), tx);
    }
  }

  /** {@code bes2600_sdio_pipe_read}. The power state is read before the skb is looked at. */
  private Optional<SkBuff> pipeRead() {
    try (var _ = driver.kernel().enter(PIPE_READ)) {
      if (driver.isBusError()) return driver.txLoopRead();
      rxQueueLock.lock();
      Optional<SkBuff> skb = rxQueue.dequeue();
      if (skb.isPresent()) driver.rxProcCnt().add(1);
      rxQueueLock.unlock();
      if (driver.mayPollCard() && skb.isEmpty()) driver.queueRxWork();
      return skb;
    }
  }

  @Override
  public void bhReceived() {
    driver.batchDispatched();
  }

  @Override
  public void empty() {
    Optional<SkBuff> skb = rxQueue.dequeue();
    while (skb.isPresent()) {
      driver.kernel().net().kfreeSkb(skb.get());
      skb = rxQueue.dequeue();
    }
  }
}
