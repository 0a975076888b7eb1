package besser.bes2600.driver;

import besser.bes2600.wire.Cmd53;
import besser.bes2600.wire.SdioRegisters;
import besser.bes2600.wire.TxSlots;
import besser.bes2600.wire.WsmHeader;
import besser.kernel.Allocation;
import besser.kernel.Errno;
import besser.kernel.Gfp;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SpinLock;
import besser.kernel.Work;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;

/** bes2600_sdio.c: from queued messages to transfers to the card. */
final class SdioTx {
  static final KernelFunction SDIO_TX_WORK = KernelFunction.of("bes2600", "sdio_tx_work");
  private static final KernelFunction PIPE_SEND =
      KernelFunction.of("bes2600", "bes2600_sdio_pipe_send");
  private static final KernelFunction TO_IO =
      KernelFunction.of("bes2600", "bes_sdio_memcpy_to_io_helper");

  /** Bytes of {@code struct bes_sdio_tx_list_t}. */
  private static final int DESCRIPTOR_BYTES = 32;

  /** What is in the pool comes back once {@code tx_work} has sent it. */
  private static final int POOL_WAIT_MILLIS = 1;

  private static final int SDIO_FUNCTION = 1;

  /** {@code struct bes_sdio_tx_list_t}. */
  private static final class Descriptor {
    final Allocation memory;
    final byte[] bytes;
    final int offset;
    final int length;

    Descriptor(Allocation memory, byte[] bytes, int offset, int length) {
      this.memory = memory;
      this.bytes = bytes;
      this.offset = offset;
      this.length = length;
    }
  }

  private final Bes2600Common hw;
  private final SbusPriv self;
  private final Kernel kernel;
  final Work txWork;
  private final SpinLock txBufferlock;
  private final ArrayDeque<Descriptor> txBufferlist = new ArrayDeque<>();
  private final ArrayDeque<Descriptor> procList = new ArrayDeque<>();
  private final byte[] transfer =
      new byte[TxSlots.MAX_MESSAGES * TxSlots.MAX_MESSAGE_BYTES + SdioRegisters.BLOCK_BYTES];
  private int scatters;
  private int totalLength;
  private int currentBlocks;
  private boolean vendorAlone;

  SdioTx(Bes2600Common hw) {
    this.hw = hw;
    self = hw.sbus;
    kernel = hw.kernel;
    txWork = kernel.work(SDIO_TX_WORK, this::sdioTxWork);
    txBufferlock = kernel.spinLock(new LockClass("tx_bufferlock", "bes2600"));
  }

  /** {@code bes2600_sdio_pipe_send}: a dead bus answers by synthetic confirms. */
  int pipeSend(byte[] bytes, int offset, int length) {
    try (var _ = kernel.enter(PIPE_SEND)) {
      if (hw.chardev.isBusError()) {
        hw.txLoop.answer(bytes, offset);
        return 0;
      }
      Optional<Allocation> memory = descriptor();
      if (memory.isEmpty()) return Errno.ENOMEM;
      txBufferlock.lock();
      txBufferlist.add(new Descriptor(memory.get(), bytes, offset, length));
      self.txDataCnt.add(1);
      txBufferlock.unlock();
      self.sdioWq.queue(txWork);
      return 0;
    }
  }

  /** As shipped {@code kmem_cache_alloc}; hardened {@code mempool_alloc}, which never fails. */
  private Optional<Allocation> descriptor() {
    while (true) {
      Optional<Allocation> memory =
          kernel.memory().kmemCacheAlloc("sdio_tx_bufferlistpool", DESCRIPTOR_BYTES, Gfp.KERNEL);
      if (memory.isPresent() || !hw.has(Hardening.DESCRIPTOR_POOL)) return memory;
      kernel.clock().msleep(POOL_WAIT_MILLIS);
    }
  }

  private void sdioTxWork() {
    if (hw.chardev.isBusError()) return;
    procList.clear();
    vendorAlone = false;
    while (true) {
      txBufferlock.lock();
      procList.addAll(txBufferlist);
      txBufferlist.clear();
      txBufferlock.unlock();
      if (procList.isEmpty()) break;
      collect();
      if (scatters != 0) flush();
    }
  }

  /** Takes consecutive messages of one block class; a vendor message always travels alone. */
  private void collect() {
    while (!procList.isEmpty()) {
      Descriptor next = procList.getFirst();
      int blocks = TxSlots.blocks(next.length);
      if (blocks >= 5) {
        hw.log.err("sdio_tx_work skip error-len packet:" + next.length + "," + blocks);
        kernel.memory().free(procList.removeFirst().memory);
        continue;
      }
      if (currentBlocks == 0) currentBlocks = blocks;
      if (currentBlocks != blocks) return;
      boolean vendor = isVendorCommand(next);
      if (vendor && !vendorAlone) {
        vendorAlone = true;
        return;
      }
      place(next, TxSlots.strideBytes(blocks));
      kernel.memory().free(procList.removeFirst().memory);
      self.txProcCnt.add(1);
      if (vendor) {
        vendorAlone = false;
        return;
      }
      if (scatters >= TxSlots.MAX_MESSAGES) return;
    }
  }

  private static boolean isVendorCommand(Descriptor message) {
    return WsmHeader.sequenceIndex(WsmHeader.rawId(message.bytes, message.offset)) == 1;
  }

  /** One scatter entry: a whole stride is read, whatever lies behind the message. */
  private void place(Descriptor message, int strideBytes) {
    int available = Math.min(strideBytes, message.bytes.length - message.offset);
    System.arraycopy(message.bytes, message.offset, transfer, totalLength, available);
    Arrays.fill(transfer, totalLength + available, totalLength + strideBytes, (byte) 0);
    totalLength += strideBytes;
    scatters++;
  }

  private void flush() {
    int field = TxSlots.lengthField(totalLength, currentBlocks);
    self.func.claimHost();
    if (self.retuneProtected.get() == 0) {
      self.func.retuneHoldNow();
      self.retuneProtected.set(1);
    }
    int error;
    int crcRetry = 0;
    do {
      error = memcpyToIo(field);
      if (error != Errno.EILSEQ) break;
      crcRetry++;
      hw.log.err("sdio_tx_work sdio write crc error(" + crcRetry + ")");
    } while (crcRetry <= SdioRx.CRC_RETRIES);
    self.func.releaseHost();
    hw.sdioRx.rxPath.cardMayHaveData();
    if (error != 0) {
      hw.log.err("sdio_tx_work err=" + error + "," + scatters + "," + currentBlocks);
      hw.sdioPower.workDebug();
      hw.chardev.wifiForceClose(false, ForceClose.Reason.TX_WORK);
    }
    scatters = 0;
    totalLength = 0;
    currentBlocks = 0;
    self.txXferCnt.add(1);
    self.lastTxDataTimestamp.set(kernel.clock().jiffies());
  }

  private int memcpyToIo(int field) {
    try (var _ = kernel.enter(TO_IO)) {
      int block = self.func.blockSize();
      int blocks = (TxSlots.totalOfField(field) + block - 1) / block;
      boolean started = self.fwStarted.get() != 0;
      int toggle = started ? SbusPriv.parity(self.txDataToggle) : 0;
      if (started) self.txDataToggle.add(1);
      int argument = Cmd53.blockMode(true, SDIO_FUNCTION, field, toggle, blocks);
      Arrays.fill(transfer, TxSlots.totalOfField(field), blocks * block, (byte) 0);
      int error = self.func.cmd53(argument, true, transfer, blocks * block);
      if (error != 0) self.txDataToggle.add(-1);
      return error;
    }
  }

  /** {@code bes2600_sdio_empty_work}: walks the list without its lock. */
  void empty() {
    while (!txBufferlist.isEmpty()) kernel.memory().free(txBufferlist.removeFirst().memory);
    self.txDataCnt.set(0);
    self.txXferCnt.set(0);
    self.txProcCnt.set(0);
  }
}
