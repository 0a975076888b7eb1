package besser.bes2600.driver;

import besser.kernel.Errno;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import java.util.Optional;

/** main.c: probe, start, stop, and the unregistering that a force close ends in. */
final class Main {
  private static final KernelFunction CORE_PROBE =
      KernelFunction.of("bes2600", "bes2600_core_probe");
  private static final KernelFunction WIFI_START =
      KernelFunction.of("bes2600", "bes2600_wifi_start");
  private static final KernelFunction WIFI_STOP = KernelFunction.of("bes2600", "bes2600_wifi_stop");
  private static final int STARTUP_SECONDS = 10;
  private static final int STOP_SECONDS = 3;

  private final Bes2600Common hw;
  private final Kernel kernel;
  private final Runnable enterLowPower;
  private boolean unregisterInProcess;

  Main(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    enterLowPower = hw.sdioPower::enterLowPower;
  }

  /** {@code bes2600_sdio_probe} after the firmware download, and {@code bes2600_core_probe}. */
  void probe() {
    try (var _ = kernel.enter(CORE_PROBE)) {
      hw.chardev.busProbeNotify();
      hw.sdioPower.gpioWakeupMcu(GpioFlag.SDIO_PROBE);
      hw.bh.register();
      irqSubscribe();
      hw.sbus.core.set(hw);
      hw.pwr.registerEnLpCb(enterLowPower);
      hw.log.info("registered as 'phy0'");
      hw.sdioPower.gpioAllowMcuSleep(GpioFlag.SDIO_PROBE);
    }
  }

  /** {@code bes2600_sdio_irq_subscribe}. */
  private void irqSubscribe() {
    hw.sbus.lock.lockIrqsave();
    hw.sbus.irqHandler.set(hw.bh::irqHandler);
    hw.sbus.lock.unlockIrqrestore();
    hw.sbus.func.claimHost();
    int error = hw.sbus.func.claimIrq(hw.sdioRx::irqHandler);
    hw.sbus.func.releaseHost();
    if (error != 0) hw.log.err("sdio_claim_irq failed: " + error);
  }

  /** {@code bes2600_sdio_irq_unsubscribe}: the SDIO interrupt itself stays claimed. */
  private void irqUnsubscribe() {
    hw.sbus.lock.lockIrqsave();
    hw.sbus.irqHandler.clear();
    hw.sbus.lock.unlockIrqrestore();
  }

  /** {@code bes2600_wifi_start}. */
  int wifiStart() {
    try (var _ = kernel.enter(WIFI_START)) {
      hw.sdioPower.gpioWakeupMcu(GpioFlag.WIFI_ON);
      int error = startFirmware();
      if (error == 0) hw.pwr.start();
      hw.sdioPower.gpioAllowMcuSleep(GpioFlag.WIFI_ON);
      return error;
    }
  }

  private int startFirmware() {
    int error = hw.sdioPower.active(SdioPower.Subsystem.WIFI);
    if (error != 0) {
      kernel.warn("bes2600_wifi_start");
      return error;
    }
    WsmIndication indications = hw.wsmIndication;
    long left =
        indications.wsmStartupDone.waitEventInterruptibleTimeout(
            () -> indications.firmwareReady.get() != 0,
            (long) STARTUP_SECONDS * kernel.clock().hz());
    if (left <= 0) {
      hw.log.info("startup timeout!!!");
      return Errno.ENODEV;
    }
    for (int ifId = 0; error == 0 && ifId < 2; ifId++) {
      error = hw.wsmApi.useMultiTxConfirm(true, ifId);
      if (error != 0) kernel.warn("bes2600_wifi_start");
    }
    return error;
  }

  /** {@code bes2600_wifi_stop}. */
  void wifiStop() {
    try (var _ = kernel.enter(WIFI_STOP)) {
      long left =
          hw.bh.bhEvtWq.waitEventTimeout(
              () -> hw.txBuffers.hwBufsUsed.get() == 0, (long) STOP_SECONDS * kernel.clock().hz());
      if (left == 0) hw.log.err("communication exception!");
      hw.sdioPower.gpioWakeupMcu(GpioFlag.WIFI_OFF);
      hw.pwr.stop();
      int error = hw.sdioPower.deactive(SdioPower.Subsystem.WIFI);
      if (error != 0) kernel.warn("bes2600_wifi_stop");
      hw.sdioPower.gpioAllowMcuSleep(GpioFlag.WIFI_OFF);
      if (error == 0) forgetFirmware();
    }
  }

  private void forgetFirmware() {
    hw.numInpChBufs.set(0);
    hw.wsmIndication.firmwareReady.set(0);
    for (int i = 0; i < 2; i++) {
      hw.bhRxBody.wsmRxSeq[i].set(0);
      hw.bhTx.wsmTxSeq[i].set(0);
    }
    hw.txBuffers.forgetPending();
  }

  /** The state of a joined station, set directly. */
  Bes2600Vif setUpJoined(long address, Bss bss, int numInpChBufs) {
    hw.chardev.busProbeNotify();
    hw.sdioPower.setGpioFlag(GpioFlag.MCU);
    hw.sbus.fwStarted.set(1);
    hw.numInpChBufs.set(numInpChBufs);
    hw.wsmIndication.firmwareReady.set(1);
    hw.pwr.enterLocked();
    Bes2600Vif priv = setUpInterface(0, address, bss);
    // Last what runs: commands and their confirms would have ordered it after all the above.
    hw.sbus.core.set(hw);
    hw.bh.register();
    irqSubscribe();
    hw.pwr.startIdleTimer();
    return priv;
  }

  /** The state of a joined station interface, set directly. */
  Bes2600Vif setUpInterface(int ifId, long address, Bss bss) {
    Bes2600Vif priv = new Bes2600Vif(hw, ifId, address);
    priv.mode.set(Bes2600Vif.MODE_STATION);
    hw.staJoin.setUpJoined(priv, bss);
    hw.sta.register(priv);
    return priv;
  }

  /** {@code bes2600_unregister_net_dev}: mac80211 takes the interface down first. */
  void unregisterNetDev() {
    if (hw.sbus.core.get().isEmpty() || unregisterInProcess) return;
    unregisterInProcess = true;
    Optional<Bes2600Vif> vif = hw.vifs.getFirst();
    if (vif.isPresent()) {
      hw.sta.removeInterface(vif.get());
      hw.sta.stop();
    }
    hw.baStat.timer().deleteSync();
    irqUnsubscribe();
    hw.bh.unregister();
    hw.workqueue.flushAll();
    for (TxQueue queue : hw.txQueues) queue.deinit();
    hw.pwr.unregisterEnLpCb(enterLowPower);
    hw.sbus.core.clear();
    hw.sbus.sdioWq.flushAll();
    unregisterInProcess = false;
  }
}
