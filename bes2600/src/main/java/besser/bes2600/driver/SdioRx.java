package besser.bes2600.driver;

import besser.bes2600.driver.rx.RxPath;
import besser.bes2600.wire.Cmd53;
import besser.bes2600.wire.SdioRegisters;
import besser.bes2600.wire.TxSlots;
import besser.bes2600.wire.WsmHeader;
import besser.kernel.Allocation;
import besser.kernel.Errno;
import besser.kernel.Gfp;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.Work;
import besser.kernel.net.SkBuff;
import java.util.Arrays;
import java.util.Optional;

/** bes2600_sdio.c: from the card's interrupt to messages. */
final class SdioRx {
  static final KernelFunction SDIO_RX_WORK = KernelFunction.of("bes2600", "sdio_rx_work");
  private static final KernelFunction IRQ_HANDLER =
      KernelFunction.of("bes2600", "bes2600_sdio_irq_handler");
  private static final KernelFunction READ_CTRL =
      KernelFunction.of("bes2600", "bes2600_sdio_read_ctrl");
  private static final KernelFunction MEMCPY_IO =
      KernelFunction.of("bes2600", "bes_sdio_memcpy_io_helper");
  private static final KernelFunction PACKETS_CHECK =
      KernelFunction.of("bes2600", "bes2600_sdio_packets_check");
  private static final KernelFunction EXTRACT_PACKETS =
      KernelFunction.of("bes2600", "bes2600_sdio_extract_packets");

  /** Immediate re-reads of a zero or stale length: at most {@code LENGTH_RETRIES + 1}. */
  private static final int LENGTH_RETRIES = 5;

  /** Repeats of a transfer with a CRC error: at most {@code CRC_RETRIES + 1} attempts. */
  static final int CRC_RETRIES = 10;

  private static final int ALLOC_RETRIES = 10;
  private static final int ALLOC_RETRY_MILLIS = 100;
  private static final int MAX_BLOCKS = 511;
  private static final int SDIO_FUNCTION = 1;

  private final Bes2600Common hw;
  private final SbusPriv self;
  private final Kernel kernel;
  final Work rxWork;
  final RxPath rxPath;
  private int ctrlReg;

  SdioRx(Bes2600Common hw, RxPath rxPath) {
    this.hw = hw;
    this.rxPath = rxPath;
    self = hw.sbus;
    kernel = hw.kernel;
    rxWork = kernel.work(SDIO_RX_WORK, this::sdioRxWork);
  }

  /** {@code bes2600_sdio_irq_handler}: process context, the host claimed by the mmc core. */
  void irqHandler() {
    try (var _ = kernel.enter(IRQ_HANDLER)) {
      if (self.fwStarted.get() != 0 && self.core.get().isPresent()) {
        if (rxWork.isPending()) acknowledge();
        rxPath.cardMayHaveData();
        self.lastIrqTimestamp.set(kernel.clock().jiffies());
      } else if (self.irqHandler.get().isPresent()) {
        self.lock.lockIrqsave();
        self.irqHandler.get().ifPresent(Runnable::run);
        self.lock.unlockIrqrestore();
      } else {
        acknowledge();
      }
    }
  }

  /**
   * The interrupt is a level, taken back by a read of the length register. Where nobody comes to
   * that, because {@code rx_work} sleeps or the link is closed, it would come for ever. The host is
   * claimed.
   */
  private void acknowledge() {
    if (hw.has(Hardening.ACKNOWLEDGE)) self.func.readb(SdioRegisters.NEXT_LENGTH);
  }

  void queueRxWork() {
    self.sdioWq.queue(rxWork);
  }

  private void sdioRxWork() {
    if (hw.chardev.isBusError()) {
      acknowledgeDead();
      return;
    }
    hw.sdioPower.gpioWakeupMcu(GpioFlag.SDIO_RX);
    boolean ok = drainCard();
    hw.sdioPower.gpioAllowMcuSleep(GpioFlag.SDIO_RX);
    if (ok) return;
    hw.chardev.wifiForceClose(false, ForceClose.Reason.RX_WORK);
    hw.complain("sdio_rx_work");
  }

  private void acknowledgeDead() {
    if (!hw.has(Hardening.ACKNOWLEDGE)) return;
    self.func.claimHost();
    acknowledge();
    self.func.releaseHost();
  }

  /** The do-while loop of {@code sdio_rx_work}: false takes its {@code failed} label. */
  private boolean drainCard() {
    int result;
    do {
      result = receiveTransfer();
    } while (result > 0);
    return result == 0;
  }

  /** The same for a topology without {@code rx_work}: one transfer, the card kept awake for it. */
  int readTransfer() {
    hw.sdioPower.gpioWakeupMcu(GpioFlag.SDIO_RX);
    int result = receiveTransfer();
    hw.sdioPower.gpioAllowMcuSleep(GpioFlag.SDIO_RX);
    return result;
  }

  /** Reads the length until it shows a transfer, and handles that: 1, 0 without one, negative. */
  private int receiveTransfer() {
    int retry = 0;
    while (true) {
      self.func.claimHost();
      int again = readCtrl();
      if (again == Errno.EBUSY || again == Errno.ETIMEDOUT) {
        hw.log.err("sdio_rx_work sdio read error");
        self.func.releaseHost();
        return again;
      }
      int totalLength = ctrlReg & 0xffff;
      if (totalLength != 0) return receive(totalLength);
      self.func.releaseHost();
      if (again != 1 || retry > LENGTH_RETRIES) return 0;
      retry++;
    }
  }

  /** The host is claimed; it is released here. */
  private int receive(int totalLength) {
    int error = readTransfer(totalLength);
    if (self.retuneProtected.get() != 0) {
      self.func.retuneRelease();
      self.retuneProtected.set(0);
    }
    self.func.releaseHost();
    if (error != 0) {
      hw.log.err("sdio_rx_work error=" + error);
      hw.sdioPower.workDebug();
      return error;
    }
    return handOver(totalLength) ? 1 : Errno.EIO;
  }

  private int readTransfer(int totalLength) {
    int error;
    int crcRetry = 0;
    do {
      error = memcpyFromIo(totalLength);
      if (error != Errno.EILSEQ) break;
      crcRetry++;
      hw.log.err("sdio_rx_work sdio read crc error(" + crcRetry + ")");
    } while (crcRetry <= CRC_RETRIES);
    return error;
  }

  private boolean handOver(int totalLength) {
    self.rxXferCnt.add(1);
    self.lastRxDataTimestamp.set(kernel.clock().jiffies());
    int error = packetsCheck(totalLength);
    if (error != 0) {
      hw.log.err("sdio_rx_work error=" + error);
      hw.sdioPower.workDebug();
      return false;
    }
    error = extractPackets(totalLength);
    rxPath.transferExtracted();
    if (error != 0) {
      hw.log.err("sdio_rx_work error=" + error);
      return false;
    }
    ctrlReg = 0;
    if (!rxPath.wakesBh()) return true;
    Optional<Runnable> handler = self.irqHandler.get();
    if (handler.isEmpty()) {
      hw.log.err("sdio_rx_work: no handler");
      return false;
    }
    handler.get().run();
    return true;
  }

  /** {@code bes2600_sdio_read_ctrl}: 1 look again, 0 a true zero, negative on error. */
  private int readCtrl() {
    try (var _ = kernel.enter(READ_CTRL)) {
      ctrlReg = 0;
      int length = self.func.readb(SdioRegisters.NEXT_LENGTH);
      if (length < 0) {
        hw.log.err("[SBUS] Failed(" + length + ") to read control register.");
        return length;
      }
      self.rxTotalCtrlCnt.add(1);
      int again = 1;
      if (SdioRegisters.blocks(length) != 0) {
        acceptLength(length);
      } else {
        self.rxZeroCtrlCnt.add(1);
        int control = self.func.readb(SdioRegisters.TX_CONTROL);
        if (control >= 0 && (control & SdioRegisters.TRUE_ZERO) != 0) again = 0;
      }
      self.rxLastCtrl.set(length);
      return again;
    }
  }

  private void acceptLength(int length) {
    int next = self.nextToggle.get();
    if (SdioRegisters.toggle(length) != next) {
      self.rxRemainCtrlCnt.add(1);
      return;
    }
    ctrlReg = SdioRegisters.blocks(length) << 9;
    self.rxValidCtrl.set(length);
    int last = self.rxLastCtrl.get();
    if (last != 0 && SdioRegisters.toggle(last) != next) self.rxContinuousCtrlCnt.add(1);
    self.nextToggle.set(next ^ 1);
  }

  /** {@code bes_sdio_memcpy_io_helper}, reading: a failed transfer keeps its toggle. */
  private int memcpyFromIo(int bytes) {
    try (var _ = kernel.enter(MEMCPY_IO)) {
      int error = hw.has(Hardening.PAD_ONCE) ? transferFromIo(bytes) : paddedFromIo(bytes);
      if (error != 0) {
        hw.log.err("bes_sdio_memcpy_io_helper, err=" + error + "(" + bytes + ")");
        if (self.fwStarted.get() != 0) self.rxDataToggle.add(-1);
      }
      return error;
    }
  }

  /** As shipped, with a pad of a block allocated for each transfer and seldom used. */
  private int paddedFromIo(int bytes) {
    Optional<Allocation> pad =
        kernel.memory().kmalloc("bes_sdio_memcpy_io_helper", self.func.blockSize(), Gfp.KERNEL);
    if (pad.isEmpty()) return Errno.ENOMEM;
    int error = transferFromIo(bytes);
    kernel.memory().free(pad.get());
    return error;
  }

  private int transferFromIo(int bytes) {
    int block = self.func.blockSize();
    if (bytes <= block) {
      int argument = Cmd53.byteMode(false, SDIO_FUNCTION, bytes, rxToggle());
      int error = self.func.cmd53(argument, false, self.rxBuffer, bytes);
      if (self.fwStarted.get() != 0) self.rxDataToggle.add(1);
      return error;
    }
    int blocks = (bytes + block - 1) / block;
    if (blocks > Math.min(self.func.maxBlockCount(), MAX_BLOCKS)) return Errno.EINVAL;
    int argument = Cmd53.blockMode(false, SDIO_FUNCTION, bytes, rxToggle(), blocks);
    if (self.fwStarted.get() != 0) self.rxDataToggle.add(1);
    if (bytes > self.rxBuffer.length) {
      // The C driver would write past its buffer here; the model stops instead.
      kernel.bug("bes_sdio_memcpy_io_helper: rx_buffer overrun of " + bytes + " bytes");
      return Errno.EINVAL;
    }
    return self.func.cmd53(argument, false, self.rxBuffer, bytes);
  }

  private int rxToggle() {
    return self.fwStarted.get() != 0 ? SbusPriv.parity(self.rxDataToggle) : 0;
  }

  /** {@code bes2600_sdio_packets_check}: the first message may be larger than 1632 bytes. */
  private int packetsCheck(int packetsLength) {
    try (var _ = kernel.enter(PACKETS_CHECK)) {
      int total = 0;
      for (int i = 0; i < TxSlots.MAX_MESSAGES; i++) {
        int length = messageLengthAt(total);
        int single = WsmHeader.align(length) & 0xffff;
        if (single > TxSlots.MAX_MESSAGE_BYTES) {
          hw.log.warn("bes2600_sdio_packets_check len=" + single + "," + i + "th,total=" + total);
          if (i >= 1) return -201;
        }
        total = (total + single) & 0xffff;
        if (length == 0 || total == packetsLength) break;
      }
      if (packetsLength < total) {
        hw.log.err("bes2600_sdio_packets_check pkt len=" + packetsLength + ", total len=" + total);
        return -202;
      }
      return 0;
    }
  }

  private int messageLengthAt(int position) {
    if (position + WsmHeader.BYTES > self.rxBuffer.length) return 0;
    return WsmHeader.length(self.rxBuffer, position);
  }

  /** {@code bes2600_sdio_extract_packets}: each message is copied into an skb of its own. */
  private int extractPackets(int totalLength) {
    try (var _ = kernel.enter(EXTRACT_PACKETS)) {
      int position = 0;
      int allocRetry = 0;
      for (int i = 0; i < TxSlots.MAX_MESSAGES; i++) {
        int length = messageLengthAt(position);
        if (length == 0) break;
        Optional<SkBuff> skb;
        do {
          skb = kernel.net().devAllocSkb(length);
          if (skb.isPresent()) break;
          hw.log.warn("bes2600_sdio_extract_packets no memory and sleep");
          kernel.clock().msleep(ALLOC_RETRY_MILLIS);
          allocRetry++;
        } while (allocRetry < ALLOC_RETRIES);
        if (skb.isEmpty()) {
          kernel.warn("bes2600_sdio_extract_packets");
          return Errno.ENOMEM;
        }
        copyMessage(position, length, skb.get());
        int error = rxPath.deliver(skb.get());
        if (error != 0) return error;
        position += WsmHeader.align(length);
        if (position == totalLength) break;
      }
      return 0;
    }
  }

  private void copyMessage(int position, int length, SkBuff skb) {
    int at = skb.put(length);
    kernel.memory().memcpy(length);
    int available = Math.min(length, self.rxBuffer.length - position);
    System.arraycopy(self.rxBuffer, position, skb.bytes(), at, available);
    if (available < length) Arrays.fill(skb.bytes(), at + available, at + length, (byte) 0);
  }
}
