package besser.bes2600.driver;

import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.LogLevel;
import besser.kernel.SharedInt;
import besser.kernel.SpinLock;
import besser.kernel.WaitQueue;
import besser.kernel.Work;
import java.util.ArrayList;
import java.util.List;

/** bes_chardev.c as far as the bus state and the force close go. */
final class Chardev {
  private static final KernelFunction IS_BUS_ERROR =
      KernelFunction.of("bes2600", "bes2600_chrdev_is_bus_error");
  private static final KernelFunction FORCE_CLOSE =
      KernelFunction.of("bes2600", "bes2600_chrdev_wifi_force_close");
  private static final KernelFunction FORCE_CLOSE_WORK =
      KernelFunction.of("bes2600", "bes2600_chrdev_wifi_force_close_work");

  private final Bes2600Common hw;
  private final Kernel kernel;
  private final SpinLock statusLock;
  private final SharedInt busError;
  private final SharedInt busProbeOk;
  private final SharedInt haltDev;
  private final SharedInt wifiOpened;
  private final WaitQueue probeDoneWq;
  private final WaitQueue wakeupReasonWq;
  private final Work wifiForceCloseWork;
  private final List<ForceClose> forceCloses = new ArrayList<>();

  Chardev(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    statusLock = kernel.spinLock(new LockClass("status_lock", "bes2600"));
    busError = kernel.sharedInt("bus_error", 0);
    busProbeOk = kernel.sharedInt("bus_probe", 0);
    haltDev = kernel.sharedInt("halt_dev", 0);
    wifiOpened = kernel.sharedInt("wifi_opened", 1);
    probeDoneWq = kernel.waitQueue(new LockClass("probe_done_wq", "bes2600"));
    wakeupReasonWq = kernel.waitQueue(new LockClass("wakeup_reason_wq", "bes2600"));
    wifiForceCloseWork = kernel.work(FORCE_CLOSE_WORK, this::wifiForceCloseWork);
  }

  /** {@code bes2600_chrdev_is_signal_mode}: the shipped firmware type. */
  boolean isSignalMode() {
    return true;
  }

  /** {@code bes2600_chrdev_is_bus_error}. */
  boolean isBusError() {
    try (var _ = kernel.enter(IS_BUS_ERROR)) {
      statusLock.lock();
      boolean error = busError.get() != 0 || busProbeOk.get() == 0;
      statusLock.unlock();
      return error;
    }
  }

  /** {@code bes2600_chrdev_bus_probe_notify}. */
  void busProbeNotify() {
    statusLock.lock();
    busProbeOk.set(1);
    statusLock.unlock();
    probeDoneWq.wakeUp();
  }

  /** {@code bes2600_chrdev_is_wifi_opened}. */
  boolean isWifiOpened() {
    statusLock.lock();
    boolean opened = wifiOpened.get() != 0;
    statusLock.unlock();
    return opened;
  }

  /** {@code bes2600_chrdev_wakeup_by_event_set(WAKEUP_EVENT_NONE)}. */
  void wakeupByEventNone() {
    statusLock.lock();
    statusLock.unlock();
    wakeupReasonWq.wakeUp();
  }

  /** {@code bes2600_chrdev_wifi_force_close}; may be called from the timer softirq. */
  void wifiForceClose(boolean halt, ForceClose.Reason reason) {
    try (var _ = kernel.enter(FORCE_CLOSE)) {
      if (hw.sbus.core.get().isEmpty()) return;
      if (!isWifiOpened() || wifiForceCloseWork.isPending()) return;
      statusLock.lock();
      busError.set(1);
      haltDev.set(halt ? 1 : 0);
      statusLock.unlock();
      forceCloses.add(new ForceClose(kernel.clock().ktimeNanos(), reason, halt));
      if (hw.has(Hardening.LOOP_BY_BH)) {
        hw.bh.irqHandler();
      } else {
        hw.txLoop.setEnable(true);
      }
      kernel.systemWq().queue(wifiForceCloseWork);
    }
  }

  private void wifiForceCloseWork() {
    if (!isWifiOpened()) return;
    if (haltDev.get() != 0) hw.sdioPower.haltDevice();
    switchWifiOff();
    boolean closed = checkSystemClose();
    if (closed) systemClose();
    kernel.printk(LogLevel.INFO, "WIFI_OPENED=" + wifiOpened.get() + " BT_OPENED=0 FW_TYPE=0");
  }

  /** {@code bes2600_switch_wifi(0)}. */
  private void switchWifiOff() {
    if (wifiOpened.get() == 0) return;
    hw.main.unregisterNetDev();
    wifiOpened.set(0);
  }

  private boolean checkSystemClose() {
    statusLock.lock();
    boolean closed = wifiOpened.get() == 0;
    statusLock.unlock();
    return closed;
  }

  /** {@code bes2600_chrdev_do_system_close}: the card's removal is what is waited for. */
  private void systemClose() {
    hw.sdioPower.powerDown();
    long left = probeDoneWq.waitEventTimeout(() -> false, 3L * kernel.clock().hz());
    if (left <= 0) hw.complain("bes2600_chrdev_do_system_close");
  }

  List<ForceClose> forceCloses() {
    return List.copyOf(forceCloses);
  }
}
