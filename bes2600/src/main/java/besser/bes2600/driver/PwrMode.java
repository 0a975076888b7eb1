package besser.bes2600.driver;

import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** bes_pwr.c: entering and leaving the device's low power mode. */
final class PwrMode {
  private static final KernelFunction UNLOCK_DEVICE =
      KernelFunction.of("bes2600", "bes2600_pwr_unlock_device");
  private static final KernelFunction LOCK_DEVICE =
      KernelFunction.of("bes2600", "bes2600_pwr_lock_device");
  private static final KernelFunction ENTER_LP =
      KernelFunction.of("bes2600", "bes2600_pwr_enter_lp_mode");
  private static final KernelFunction EXIT_LP =
      KernelFunction.of("bes2600", "bes2600_pwr_exit_lp_mode");

  /** {@code CONFIG_BES2600_LISTEN_INTERVAL}. */
  private static final int LISTEN_INTERVAL = 3;

  private final Pwr pwr;
  private final Bes2600Common hw;
  private final Kernel kernel;
  private final List<Runnable> enterCallbacks = new ArrayList<>();
  private final List<Runnable> exitCallbacks = new ArrayList<>();

  PwrMode(Pwr pwr) {
    this.pwr = pwr;
    hw = pwr.hw;
    kernel = pwr.kernel;
  }

  void registerEnterCallback(Runnable callback) {
    register(enterCallbacks, callback);
  }

  void registerExitCallback(Runnable callback) {
    register(exitCallbacks, callback);
  }

  private void register(List<Runnable> list, Runnable callback) {
    pwr.pwrCbMutex.lock();
    if (list.contains(callback)) {
      hw.log.warn("the cb is already exist");
    } else {
      list.add(callback);
    }
    pwr.pwrCbMutex.unlock();
  }

  void unregisterEnterCallback(Runnable callback) {
    pwr.pwrCbMutex.lock();
    enterCallbacks.remove(callback);
    pwr.pwrCbMutex.unlock();
  }

  void unregisterExitCallback(Runnable callback) {
    pwr.pwrCbMutex.lock();
    exitCallbacks.remove(callback);
    pwr.pwrCbMutex.unlock();
  }

  private void call(List<Runnable> callbacks) {
    pwr.pwrCbMutex.lock();
    for (int i = 0; i < callbacks.size(); i++) callbacks.get(i).run();
    pwr.pwrCbMutex.unlock();
  }

  /** {@code bes2600_pwr_unlock_device}: lets the device sleep. */
  void unlockDevice() {
    try (var _ = kernel.enter(UNLOCK_DEVICE)) {
      pwr.pwrMutex.lock();
      pwr.lockTx();
      pwr.pwrLock.lockIrqsave();
      boolean change = pwr.powerState.get() == Pwr.LOCKED;
      if (change) {
        pwr.powerState.set(Pwr.UNLOCKING);
        pwr.powerDownTask = Optional.of(kernel.current());
      }
      pwr.pwrLock.unlockIrqrestore();
      if (change) {
        enterLpMode();
        pwr.pwrLock.lockIrqsave();
        pwr.powerDownTask = Optional.empty();
        pwr.powerState.set(Pwr.UNLOCKED);
        pwr.pwrLock.unlockIrqrestore();
      }
      pwr.pwrMutex.unlock();
    }
  }

  /** {@code bes2600_pwr_lock_device}: wakes the device. */
  void lockDevice() {
    try (var _ = kernel.enter(LOCK_DEVICE)) {
      pwr.pwrMutex.lock();
      pwr.pwrLock.lockIrqsave();
      boolean change = pwr.powerState.get() == Pwr.UNLOCKED;
      if (change) {
        pwr.powerState.set(Pwr.LOCKING);
        pwr.powerUpTask = Optional.of(kernel.current());
      }
      pwr.pwrLock.unlockIrqrestore();
      if (change) {
        exitLpMode();
        pwr.pwrLock.lockIrqsave();
        pwr.powerUpTask = Optional.empty();
        pwr.powerState.set(Pwr.LOCKED);
        pwr.pwrLock.unlockIrqrestore();
      }
      pwr.unlockTx();
      pwr.pwrMutex.unlock();
    }
  }

  private boolean isAssociated(Bes2600Vif priv) {
    return priv.joinStatus.get() == Bes2600Vif.JOIN_STA
        && priv.aid != 0
        && priv.setbssparamsDone.get() != 0;
  }

  private void enterLpMode() {
    try (var _ = kernel.enter(ENTER_LP)) {
      for (int i = 0; i < Bes2600Common.MAX_VIFS - 1; i++) {
        Optional<Bes2600Vif> vif = hw.vifs.get(i);
        if (vif.isPresent() && isAssociated(vif.get())) enterLpMode(vif.get());
      }
      deviceEnterLpMode();
    }
  }

  private void enterLpMode(Bes2600Vif priv) {
    int dtim = priv.joinDtimPeriod.get();
    if (dtim != 0) {
      int interval = dtim >= LISTEN_INTERVAL ? dtim : LISTEN_INTERVAL / dtim * dtim;
      if (hw.wsmApi.setBeaconWakeupPeriod(1, interval, priv.ifId) != 0) {
        hw.log.err("bes2600_pwr_enter_lp_mode, set wakeup period failed");
      }
    }
    if (hw.wsmApi.setMacAddrFilter(priv.ifId) != 0) {
      hw.log.err("bes2600_pwr_enter_lp_mode, set bc filter failed");
    }
    if (pwr.apLpBad) return;
    pwr.pmSetInProcess.set(1);
    if (hw.sta.setPm(priv, priv.powersaveMode) != 0) {
      pwr.pmSetInProcess.set(0);
      hw.log.err("bes2600_pwr_enter_lp_mode, set operation mode fail");
    }
    long left = pwr.pmEnterCmpl.awaitTimeout(5L * kernel.clock().hz());
    pwr.pmSetInProcess.set(0);
    pwr.pmEnterCmpl.reinit();
    if (left == 0) hw.log.err("bes2600_pwr_enter_lp_mode, wait pm ind timeout");
  }

  private void deviceEnterLpMode() {
    if (hw.wsmApi.setOperationalMode(WsmApi.POWER_MODE_QUIESCENT) != 0) {
      hw.log.err("bes2600_pwr_device_enter_lp_mode, set operation mode fail");
    }
    call(enterCallbacks);
    if (hw.sdioPower.deactive(SdioPower.Subsystem.MCU) != 0) {
      hw.log.err("bes2600_pwr_device_enter_lp_mode, deactive mcu fail");
    }
    hw.sdioPower.gpioAllowMcuSleep(GpioFlag.MCU);
  }

  private void exitLpMode() {
    try (var _ = kernel.enter(EXIT_LP)) {
      deviceExitLpMode();
      for (int i = 0; i < Bes2600Common.MAX_VIFS - 1; i++) {
        Optional<Bes2600Vif> vif = hw.vifs.get(i);
        if (vif.isPresent() && isAssociated(vif.get())) exitLpMode(vif.get());
      }
      call(exitCallbacks);
    }
  }

  private void exitLpMode(Bes2600Vif priv) {
    hw.wsmApi.setBeaconWakeupPeriod(priv.joinDtimPeriod.get(), 0, priv.ifId);
    hw.wsmApi.setMacAddrFilter(priv.ifId);
    if (pwr.apLpBad) return;
    if (hw.sta.setPm(priv, WsmApi.PSM_ACTIVE) != 0) {
      hw.log.err("bes2600_pwr_exit_lp_mode, set operation mode fail");
    }
  }

  private void deviceExitLpMode() {
    hw.sdioPower.gpioWakeupMcu(GpioFlag.MCU);
    if (hw.sdioPower.active(SdioPower.Subsystem.MCU) != 0) {
      hw.log.err("bes2600_pwr_device_exit_lp_mode, active mcu fail");
    }
    if (hw.wsmApi.setOperationalMode(WsmApi.POWER_MODE_ACTIVE) != 0) {
      hw.log.err("bes2600_pwr_device_exit_lp_mode, set operation mode fail");
    }
  }
}
