package besser.bes2600.driver;

import besser.kernel.AtomicInt;
import besser.kernel.Completion;
import besser.kernel.DelayedWork;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.Mutex;
import besser.kernel.SharedInt;
import besser.kernel.SpinLock;
import besser.kernel.Task;
import besser.kernel.WaitQueue;
import besser.kernel.Work;
import java.util.Optional;

/** bes_pwr.c: the state machine that keeps the device awake while something is busy. */
final class Pwr {
  static final int LOCKED = 0;
  static final int LOCKING = 1;
  static final int UNLOCKING = 2;
  static final int UNLOCKED = 3;

  /** {@code BES_PWR_EVENT_TX_TIMEOUT}. */
  static final int TX_TIMEOUT_MILLIS = 1500;

  /** {@code BES_PWR_EVENT_RX_TIMEOUT}. */
  static final int RX_TIMEOUT_MILLIS = 100;

  private static final KernelFunction SET =
      KernelFunction.of("bes2600", "bes2600_pwr_set_busy_event");
  private static final KernelFunction SET_ASYNC =
      KernelFunction.of("bes2600", "bes2600_pwr_set_busy_event_async");
  private static final KernelFunction SET_TIMEOUT_ASYNC =
      KernelFunction.of("bes2600", "bes2600_pwr_set_busy_event_with_timeout_async");
  private static final KernelFunction CLEAR =
      KernelFunction.of("bes2600", "bes2600_pwr_clear_busy_event");
  private static final KernelFunction IS_IDLE =
      KernelFunction.of("bes2600", "bes2600_pwr_device_is_idle");
  private static final KernelFunction POWER_DOWN_WORK =
      KernelFunction.of("bes2600", "bes2600_power_down_work");
  private static final KernelFunction POWER_ASYNC_WORK =
      KernelFunction.of("bes2600", "bes2600_power_async_work");

  final Bes2600Common hw;
  final Kernel kernel;
  final SpinLock pwrLock;
  final Mutex pwrMutex;
  final Mutex pwrCbMutex;
  final PwrEvents events;
  final SharedInt powerState;
  final AtomicInt devState;
  final AtomicInt pmSetInProcess;
  final Completion pmEnterCmpl;
  final WaitQueue devLpWq;
  final DelayedWork powerDownWork;
  private final Work powerAsyncWork;
  private final PwrMode mode;
  boolean pendingLock;
  boolean apLpBad;
  Optional<Task> powerDownTask = Optional.empty();
  Optional<Task> powerUpTask = Optional.empty();

  /** {@code bes2600_pwr_init}. */
  Pwr(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    pwrLock = kernel.spinLock(new LockClass("pwr_lock", "bes2600"));
    pwrMutex = kernel.mutex(new LockClass("pwr_mutex", "bes2600"));
    pwrCbMutex = kernel.mutex(new LockClass("pwr_cb_mutex", "bes2600"));
    events = new PwrEvents(kernel);
    powerState = kernel.sharedInt("power_state", UNLOCKED);
    devState = kernel.atomic("dev_state", 0);
    pmSetInProcess = kernel.atomic("pm_set_in_process", 0);
    pmEnterCmpl = kernel.completion("pm_enter_cmpl");
    devLpWq = kernel.waitQueue(new LockClass("dev_lp_wq", "bes2600"));
    powerDownWork = kernel.delayedWork(POWER_DOWN_WORK, this::powerDownWork);
    powerAsyncWork = kernel.work(POWER_ASYNC_WORK, this::powerDownWork);
    mode = new PwrMode(this);
  }

  /** {@code bes2600_pwr_register_en_lp_cb}. */
  void registerEnLpCb(Runnable callback) {
    mode.registerEnterCallback(callback);
  }

  /** {@code bes2600_pwr_unregister_en_lp_cb}. */
  void unregisterEnLpCb(Runnable callback) {
    mode.unregisterEnterCallback(callback);
  }

  /** {@code bes2600_pwr_register_exit_lp_cb}. */
  void registerExitLpCb(Runnable callback) {
    mode.registerExitCallback(callback);
  }

  /** {@code bes2600_pwr_unregister_exit_lp_cb}. */
  void unregisterExitLpCb(Runnable callback) {
    mode.unregisterExitCallback(callback);
  }

  /** {@code bes2600_pwr_start}. */
  void start() {
    enterLocked();
    hw.sdioPower.gpioWakeupMcu(GpioFlag.MCU);
    startIdleTimer();
  }

  /** The state machine runs, and the device is awake. */
  void enterLocked() {
    devState.set(1);
    pwrLock.lockIrqsave();
    powerState.set(LOCKED);
    powerDownTask = Optional.empty();
    powerUpTask = Optional.empty();
    pendingLock = false;
    apLpBad = false;
    pwrLock.unlockIrqrestore();
  }

  /** Looks for the first time after 50 ms whether the device may sleep. */
  void startIdleTimer() {
    hw.workqueue.queueDelayed(
        powerDownWork, (long) kernel.clock().hz() * PwrEvents.POWER_DOWN_DELAY_MILLIS / 1000);
  }

  /** {@code bes2600_pwr_stop}. */
  void stop() {
    devState.set(0);
    hw.workqueue.cancelDelayedSync(powerDownWork);
    hw.workqueue.cancelSync(powerAsyncWork);
    pwrLock.lockIrqsave();
    events.update();
    events.flush();
    pwrLock.unlockIrqrestore();
    powerDownWork();
    if (powerState.get() != UNLOCKED) {
      hw.log.warn("power state is not unlocked when stop.");
    }
    unlockTx();
  }

  /** {@code bes2600_pwr_lock_tx}. */
  void lockTx() {
    pwrLock.lockIrqsave();
    if (!pendingLock) {
      pendingLock = true;
      hw.wsmTxPort.lockTxAsync();
    }
    pwrLock.unlockIrqrestore();
  }

  /** {@code bes2600_pwr_unlock_tx}: wakes bh under {@code pwr_lock}. */
  void unlockTx() {
    pwrLock.lockIrqsave();
    if (pendingLock) {
      pendingLock = false;
      hw.wsmTxPort.unlockTx();
    }
    pwrLock.unlockIrqrestore();
  }

  private void powerDownWork() {
    pwrLock.lockIrqsave();
    boolean constant = events.update();
    long max = events.maxTimeoutJiffies();
    pwrLock.unlockIrqrestore();
    if (!constant && max == 0) {
      mode.unlockDevice();
      devLpWq.wakeUp();
      return;
    }
    mode.lockDevice();
    if (!constant) {
      pwrLock.lockIrqsave();
      triggerPowerDelayDown(max);
      pwrLock.unlockIrqrestore();
    }
  }

  private void triggerPowerDelayDown(long maxTimeoutJiffies) {
    long delay = Math.max(0, maxTimeoutJiffies - kernel.clock().jiffies());
    hw.workqueue.queueDelayed(powerDownWork, delay);
  }

  private void triggerDelayedWork() {
    pwrLock.lockIrqsave();
    boolean constant = events.update();
    if (!constant && events.maxTimeoutJiffies() > 0) {
      triggerPowerDelayDown(events.maxTimeoutJiffies());
    }
    pwrLock.unlockIrqrestore();
  }

  /** Whether a command comes from the task that is changing the mode, and must not hold it up. */
  private boolean isFromModeChange(PwrEvent event) {
    if (event != PwrEvent.WSM_TX) return false;
    int state = powerState.get();
    return (state == UNLOCKING && isCurrent(powerDownTask))
        || (state == LOCKING && isCurrent(powerUpTask));
  }

  private boolean isCurrent(Optional<Task> task) {
    return task.isPresent() && task.get().pid() == kernel.current().pid();
  }

  /** {@code bes2600_pwr_set_busy_event}: may sleep until the device is awake. */
  void setBusyEvent(PwrEvent event) {
    setAndWait(event, true, 0);
  }

  /** {@code bes2600_pwr_set_busy_event_with_timeout}: may sleep until the device is awake. */
  void setBusyEventWithTimeout(PwrEvent event, int timeoutMillis) {
    if (devState.read() == 0) return;
    setAndWait(event, false, timeoutMillis);
    if (!powerDownWork.isPending()) triggerDelayedWork();
  }

  private void setAndWait(PwrEvent event, boolean constant, int timeoutMillis) {
    try (var _ = kernel.enter(SET)) {
      if (devState.read() == 0) return;
      pwrLock.lockIrqsave();
      if (constant && isFromModeChange(event)) {
        pwrLock.unlockIrqrestore();
        return;
      }
      events.add(event, constant, timeoutMillis);
      int state = powerState.get();
      boolean needLock = state == UNLOCKED || state == UNLOCKING;
      boolean needWait = state == LOCKING && !isCurrent(powerUpTask);
      pwrLock.unlockIrqrestore();
      if (needWait) {
        pwrMutex.lock();
        pwrMutex.unlock();
      }
      if (needLock) {
        hw.workqueue.cancelDelayedSync(powerDownWork);
        if (!hw.has(Hardening.NO_FLUSH)) hw.workqueue.flush(powerDownWork);
        mode.lockDevice();
      }
    }
  }

  /** {@code bes2600_pwr_set_busy_event_async}. */
  void setBusyEventAsync(PwrEvent event) {
    try (var _ = kernel.enter(SET_ASYNC)) {
      if (devState.read() == 0) return;
      pwrLock.lockIrqsave();
      events.add(event, true, 0);
      int state = powerState.get();
      pwrLock.unlockIrqrestore();
      if (state == UNLOCKED || state == UNLOCKING) queueAsyncWork();
    }
  }

  /** {@code bes2600_pwr_set_busy_event_with_timeout_async}: once per frame in either direction. */
  void setBusyEventWithTimeoutAsync(PwrEvent event, int timeoutMillis) {
    try (var _ = kernel.enter(SET_TIMEOUT_ASYNC)) {
      if (devState.read() == 0) return;
      pwrLock.lockIrqsave();
      int state = powerState.get();
      if (state == UNLOCKED || state == LOCKED) {
        events.add(event, false, timeoutMillis);
      } else {
        events.addAsync(event, timeoutMillis);
      }
      pwrLock.unlockIrqrestore();
      if (state == UNLOCKED || state == UNLOCKING) queueAsyncWork();
    }
  }

  private void queueAsyncWork() {
    if (!powerAsyncWork.isPending()) hw.workqueue.queue(powerAsyncWork);
  }

  /** {@code bes2600_pwr_clear_busy_event}. */
  void clearBusyEvent(PwrEvent event) {
    try (var _ = kernel.enter(CLEAR)) {
      if (devState.read() == 0) return;
      pwrLock.lockIrqsave();
      if (isFromModeChange(event)) {
        pwrLock.unlockIrqrestore();
        return;
      }
      if (events.delete(event)) events.add(event, false, 0);
      pwrLock.unlockIrqrestore();
      if (!powerDownWork.isPending()) triggerDelayedWork();
    }
  }

  /** {@code bes2600_pwr_notify_ps_changed}. */
  void notifyPsChanged(int psMode) {
    if ((psMode & 1) != 0) pmEnterCmpl.complete();
  }

  /** {@code bes2600_pwr_device_is_idle}. */
  boolean deviceIsIdle() {
    try (var _ = kernel.enter(IS_IDLE)) {
      pwrLock.lockIrqsave();
      boolean idle = powerState.get() == UNLOCKED;
      pwrLock.unlockIrqrestore();
      return idle;
    }
  }

  /** {@code bes2600_pwr_mark_ap_lp_bad}. */
  void markApLpBad() {
    if (devState.read() == 0) return;
    setBusyEventWithTimeout(PwrEvent.AP_LP_BAD, 100);
    apLpBad = true;
  }
}
