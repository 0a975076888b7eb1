package besser.bes2600.driver;

import besser.bes2600.wire.SdioRegisters;
import besser.kernel.Errno;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.Mutex;
import besser.kernel.SharedInt;
import besser.kernel.SharedLong;

/** bes2600_sdio.c: the wake-up line, subsystem activation, and the debug read-out. */
final class SdioPower {
  private static final KernelFunction GPIO_WAKEUP =
      KernelFunction.of("bes2600", "bes2600_gpio_wakeup_mcu");
  private static final KernelFunction GPIO_SLEEP =
      KernelFunction.of("bes2600", "bes2600_gpio_allow_mcu_sleep");
  private static final KernelFunction ACTIVE = KernelFunction.of("bes2600", "bes2600_sdio_active");
  private static final KernelFunction DEACTIVE =
      KernelFunction.of("bes2600", "bes2600_sdio_deactive");
  private static final KernelFunction WORK_DEBUG = KernelFunction.of("bes2600", "sdio_work_debug");

  private static final int GPIO_SETTLE_MILLIS = 10;
  private static final int RETRIES = 200;
  private static final int REGISTER_RETRIES = 30;

  /** A part of the chip that can be activated: its request bits, confirm bit and wait. */
  enum Subsystem {
    MCU(
        SdioRegisters.HOST_INT_MCU_ACTIVATE,
        SdioRegisters.HOST_INT_MCU_DEACTIVATE,
        SdioRegisters.STATUS_MCU_WAKEUP_READY,
        2),
    WIFI(
        SdioRegisters.HOST_INT_WIFI_ACTIVATE,
        SdioRegisters.HOST_INT_WIFI_DEACTIVATE,
        SdioRegisters.STATUS_WIFI_READY,
        25);

    private final int activate;
    private final int deactivate;
    private final int confirm;
    private final int activeDelayMillis;

    Subsystem(int activate, int deactivate, int confirm, int activeDelayMillis) {
      this.activate = SdioRegisters.HOST_INT_REQUEST | activate;
      this.deactivate = SdioRegisters.HOST_INT_REQUEST | deactivate;
      this.confirm = confirm;
      this.activeDelayMillis = activeDelayMillis;
    }
  }

  private final Bes2600Common hw;
  private final SbusPriv self;
  private final Kernel kernel;
  private final WakeupLine wakeupLine;
  private final Mutex ioMutex;
  private final Mutex sbusMutex;
  private final SharedLong gpioWakupFlags;

  SdioPower(Bes2600Common hw, WakeupLine wakeupLine) {
    this.hw = hw;
    this.wakeupLine = wakeupLine;
    self = hw.sbus;
    kernel = hw.kernel;
    ioMutex = kernel.mutex(new LockClass("io_mutex", "bes2600"));
    sbusMutex = kernel.mutex(new LockClass("sbus_mutex", "bes2600"));
    gpioWakupFlags = kernel.sharedLong("gpio_wakup_flags", 0);
  }

  /** {@code bes2600_gpio_wakeup_mcu}: the first flag costs a sleep of at least 10 ms. */
  void gpioWakeupMcu(GpioFlag flag) {
    try (var _ = kernel.enter(GPIO_WAKEUP)) {
      ioMutex.lock();
      long flags = gpioWakupFlags.get();
      if ((flags & flag.bit()) != 0) {
        hw.log.err("repeat set gpio_wake_flag, sub_sys:" + flag.number());
        ioMutex.unlock();
        return;
      }
      if (flags == 0) {
        wakeupLine.drive(true);
        kernel.clock().msleep(GPIO_SETTLE_MILLIS);
      }
      gpioWakupFlags.set(gpioWakupFlags.get() | flag.bit());
      ioMutex.unlock();
    }
  }

  /**
   * {@code bes2600_gpio_allow_mcu_sleep}. The value passed for "low" is a flag word that is not
   * zero, so the line stays at logical 1.
   */
  void gpioAllowMcuSleep(GpioFlag flag) {
    try (var _ = kernel.enter(GPIO_SLEEP)) {
      ioMutex.lock();
      long flags = gpioWakupFlags.get();
      if ((flags & flag.bit()) == 0) {
        hw.log.err("repeat clear gpio_wake_flag, sub_sys:" + flag.number());
        ioMutex.unlock();
        return;
      }
      gpioWakupFlags.set(flags & ~flag.bit());
      if ((flags & ~flag.bit()) == 0) wakeupLine.drive(true);
      ioMutex.unlock();
    }
  }

  /** A flag that is set without waiting for the line to settle. */
  void setGpioFlag(GpioFlag flag) {
    gpioWakupFlags.set(gpioWakupFlags.get() | flag.bit());
  }

  private int readbSafe(int address) {
    int value;
    int retry = 0;
    do {
      value = self.func.readb(address);
    } while (value < 0 && ++retry < REGISTER_RETRIES);
    if (value < 0) hw.log.err("bes2600_sdio_readb_safe failed, ret:" + value);
    return value;
  }

  private int writebSafe(int value, int address) {
    int error;
    int retry = 0;
    do {
      error = self.func.writeb(value, address);
    } while (error < 0 && ++retry < REGISTER_RETRIES);
    if (error < 0) hw.log.err("bes2600_sdio_writeb_safe failed, ret:" + error);
    return error;
  }

  private int readStatus() {
    self.func.claimHost();
    int status = readbSafe(SdioRegisters.SLAVE_STATUS);
    self.func.releaseHost();
    return status;
  }

  /** Waits, without limit or pause, until the MCU answers. */
  private int waitMcuReady() {
    int status;
    do {
      status = readStatus();
    } while (status >= 0 && (status & SdioRegisters.STATUS_MCU_READY) == 0);
    return status;
  }

  /** Writes a request, high byte first, and reads the status after a pause. */
  private int request(int config, int delayMillis) {
    self.func.claimHost();
    int error = writebSafe(config >> 8 & 0xff, SdioRegisters.HOST_INT_HIGH);
    if (error >= 0) error = writebSafe(config & 0xff, SdioRegisters.HOST_INT);
    self.func.releaseHost();
    if (error < 0) return error;
    kernel.clock().msleep(delayMillis);
    return readStatus();
  }

  /** {@code bes2600_sdio_active}. */
  int active(Subsystem subsystem) {
    try (var _ = kernel.enter(ACTIVE)) {
      if (hw.chardev.isBusError()) return 0;
      sbusMutex.lock();
      if (subsystem == Subsystem.WIFI) self.fwStarted.set(1);
      int status = waitMcuReady();
      int retries = 0;
      while (status >= 0) {
        status = request(subsystem.activate, subsystem.activeDelayMillis);
        if (status < 0 || (status & subsystem.confirm) != 0 || ++retries > RETRIES) break;
      }
      if (status < 0) {
        hw.log.err("active read response failed");
        sbusMutex.unlock();
        hw.chardev.wifiForceClose(false, ForceClose.Reason.SBUS_ACTIVE);
        return Errno.ENODEV;
      }
      if (retries > RETRIES) {
        hw.log.err("bes2600_sdio_active failed, subsys:" + subsystem);
        if (subsystem == Subsystem.WIFI) self.fwStarted.set(0);
        sbusMutex.unlock();
        return Errno.EFAULT;
      }
      sbusMutex.unlock();
      return 0;
    }
  }

  /** {@code bes2600_sdio_deactive}: a sleeping MCU may fail to answer, which is no error. */
  int deactive(Subsystem subsystem) {
    try (var _ = kernel.enter(DEACTIVE)) {
      if (hw.chardev.isBusError()) return 0;
      sbusMutex.lock();
      int status = waitMcuReady();
      boolean asleep = false;
      int retries = 0;
      while (status >= 0) {
        status = request(subsystem.deactivate, 2);
        if (status < 0) {
          hw.log.err("deactive read response failed");
          asleep = subsystem == Subsystem.MCU;
          break;
        }
        if ((status & subsystem.confirm) == 0 || ++retries >= RETRIES) break;
      }
      if (status < 0 && !asleep) {
        sbusMutex.unlock();
        hw.chardev.wifiForceClose(false, ForceClose.Reason.SBUS_DEACTIVE);
        return Errno.ENODEV;
      }
      if (subsystem == Subsystem.WIFI) {
        self.fwStarted.set(0);
        emptyWork();
      }
      sbusMutex.unlock();
      return 0;
    }
  }

  /** {@code bes2600_sdio_empty_work}: under {@code sbus_mutex}. */
  private void emptyWork() {
    self.sdioWq.cancelSync(hw.sdioRx.rxWork);
    hw.sdioRx.rxPath.empty();
    self.rxLastCtrl.set(0);
    self.rxTotalCtrlCnt.set(0);
    self.rxContinuousCtrlCnt.set(0);
    self.rxRemainCtrlCnt.set(0);
    self.rxZeroCtrlCnt.set(0);
    self.rxDataCnt.set(0);
    self.rxXferCnt.set(0);
    self.rxProcCnt.set(0);
    self.sdioWq.cancelSync(hw.sdioTx.txWork);
    hw.sdioTx.empty();
    self.rxDataToggle.set(0);
    self.txDataToggle.set(0);
    self.nextToggle.set(0);
  }

  /** {@code sdio_work_debug}: prints the counters and asks the firmware for its own. */
  void workDebug() {
    try (var _ = kernel.enter(WORK_DEBUG)) {
      printCounters();
      sbusMutex.lock();
      self.func.claimHost();
      int control = self.func.readb(SdioRegisters.NEXT_LENGTH);
      hw.log.err("realtime ctrl=" + Integer.toHexString(control & 0xff));
      int config = SdioRegisters.HOST_INT_REQUEST | SdioRegisters.HOST_INT_WIFI_DEBUG;
      self.func.writeb(0, SdioRegisters.HOST_INT_HIGH);
      self.func.writeb(config, SdioRegisters.HOST_INT);
      self.func.releaseHost();
      sbusMutex.unlock();
    }
  }

  private void printCounters() {
    hw.log.err(
        "sdio_work_debug now=%d last irq timestamp=%d"
            .formatted(millis(kernel.clock().jiffies()), millis(shown(self.lastIrqTimestamp))));
    hw.log.err(
        "sdio_work_debug rx ctrl: total=%d continuous=%d xfer=%d remain=%d zero=%d last=%x(%x) next=%d"
            .formatted(
                shown(self.rxTotalCtrlCnt),
                shown(self.rxContinuousCtrlCnt),
                shown(self.rxXferCnt),
                shown(self.rxRemainCtrlCnt),
                shown(self.rxZeroCtrlCnt),
                shown(self.rxLastCtrl),
                shown(self.rxValidCtrl),
                shown(self.nextToggle)));
    hw.log.err(
        "sdio_work_debug rx: last timestamp=%d, total=%d(%d), proc=%d"
            .formatted(
                millis(shown(self.lastRxDataTimestamp)),
                shown(self.rxDataCnt),
                shown(self.rxXferCnt),
                shown(self.rxProcCnt)));
    hw.log.err(
        "sdio_work_debug tx: last timestamp=%d, total=%d,%d, proc=%d"
            .formatted(
                millis(shown(self.lastTxDataTimestamp)),
                shown(self.txDataCnt),
                shown(self.txXferCnt),
                shown(self.txProcCnt)));
  }

  private int shown(SharedInt counter) {
    return hw.has(Hardening.DEBUG_DATA_RACE) ? counter.dataRace() : counter.get();
  }

  private long shown(SharedLong counter) {
    return hw.has(Hardening.DEBUG_DATA_RACE) ? counter.dataRace() : counter.get();
  }

  private long millis(long jiffies) {
    return jiffies * 1000 / kernel.clock().hz();
  }

  /** {@code bes2600_sdio_halt_device}. */
  void haltDevice() {
    workDebug();
  }

  /** {@code bes2600_sdio_power_down}. */
  void powerDown() {
    wakeupLine.powerDown();
    kernel.clock().msleep(GPIO_SETTLE_MILLIS);
  }

  /** {@code bes2600_sdio_en_lp_cb}: lets {@code rx_work} finish before the device sleeps. */
  void enterLowPower() {
    long before;
    long after;
    do {
      before = self.lastIrqTimestamp.get();
      self.sdioWq.flush(hw.sdioRx.rxWork);
      after = self.lastIrqTimestamp.get();
    } while (before != after);
  }
}
