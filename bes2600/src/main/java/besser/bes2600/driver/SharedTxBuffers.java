package besser.bes2600.driver;

import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SharedInt;
import besser.kernel.SpinLock;
import besser.kernel.Work;

/**
 * The same for two writers, bh and {@code rx_work}: credits are atomic and each decision is made on
 * what the update returned; a pending count and its monitor change together, under a lock; and a
 * message is counted before its confirm can come. A monitor closes the link from a work item, and
 * only after it has looked at the card. Each of these is a {@link Hardening}.
 */
final class SharedTxBuffers extends TxBuffers {
  private static final KernelFunction MONITOR_WORK =
      KernelFunction.of("bes2600", "bes2600_bh_monitor_work");

  /** From the look at the card to giving up: what is there is read at once. */
  private static final int SECOND_LOOK_SECONDS = 1;

  private final Bes2600Common hw;
  private final SpinLock pendingLock;
  private final Work[] monitorWork = new Work[2];

  /** Whether the card was asked since it last confirmed something; under the lock. */
  private final boolean[] asked = new boolean[2];

  SharedTxBuffers(Bes2600Common hw) {
    super(hw);
    this.hw = hw;
    pendingLock = hw.kernel.spinLock(new LockClass("tx_pending_lock", "bes2600"));
    for (int i = 0; i < monitorWork.length; i++) {
      int index = i;
      monitorWork[i] = hw.kernel.work(MONITOR_WORK, () -> monitorWork(index));
    }
  }

  @Override
  SharedInt count(Bes2600Common owner, String name) {
    return owner.has(Hardening.CREDITS_ATOMIC)
        ? new AtomicCount(owner.kernel, name)
        : super.count(owner, name);
  }

  @Override
  boolean countsBeforeSending() {
    return hw.has(Hardening.COUNT_FIRST);
  }

  @Override
  int release(int count) {
    if (!hw.has(Hardening.CREDITS_ATOMIC)) return super.release(count);
    try (var _ = hw.kernel.enter(RELEASE)) {
      int used = hwBufsUsed.add(-count);
      if (used == 0) {
        hw.pwr.clearBusyEvent(PwrEvent.LMAC_RSP);
        hw.bh.bhEvtWq.wakeUp();
      }
      if (used < 0) {
        hw.kernel.warn("wsm_release_tx_buffer");
        return -1;
      }
      return used + count >= hw.numInpChBufs.get() - 1 ? 1 : 0;
    }
  }

  private void lockPending() {
    if (hw.has(Hardening.PENDING_LOCK)) pendingLock.lock();
  }

  private void unlockPending() {
    if (hw.has(Hardening.PENDING_LOCK)) pendingLock.unlock();
  }

  @Override
  void incPending(int index) {
    lockPending();
    super.incPending(index);
    unlockPending();
  }

  @Override
  void decPending(int index) {
    lockPending();
    asked[index] = false;
    super.decPending(index);
    unlockPending();
  }

  @Override
  void expired(int index) {
    if (hw.has(Hardening.MONITOR_WORK)) {
      hw.kernel.systemWq().queue(monitorWork[index]);
    } else {
      super.expired(index);
    }
  }

  /** The confirm may have come since the timer expired, or have come and not been announced. */
  private void monitorWork(int index) {
    lockPending();
    boolean overdue = wsmTxPending[index].get() != 0;
    boolean ask = overdue && hw.has(Hardening.ASK_FIRST) && !asked[index];
    if (ask) {
      asked[index] = true;
      monitor(index).mod(hw.kernel.clock().jiffies() + SECOND_LOOK_SECONDS * hz());
    }
    unlockPending();
    if (ask) {
      hw.sdioRx.queueRxWork();
    } else if (overdue) {
      super.expired(index);
    }
  }

  private long hz() {
    return hw.kernel.clock().hz();
  }

  @Override
  void forgetPending() {
    lockPending();
    for (SharedInt pending : wsmTxPending) pending.set(0);
    unlockPending();
    super.stopMonitors();
    for (Work work : monitorWork) hw.kernel.systemWq().cancelSync(work);
  }
}
