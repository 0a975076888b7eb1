package besser.kernel.mmc;

import static besser.kernel.mmc.DwMciHardware.COMMAND_DONE;
import static besser.kernel.mmc.DwMciHardware.COMMAND_ERRORS;
import static besser.kernel.mmc.DwMciHardware.DATA_CRC;
import static besser.kernel.mmc.DwMciHardware.DATA_ERRORS;
import static besser.kernel.mmc.DwMciHardware.DATA_OVER;
import static besser.kernel.mmc.DwMciHardware.DATA_TIMEOUT;
import static besser.kernel.mmc.DwMciHardware.RESPONSE_CRC;
import static besser.kernel.mmc.DwMciHardware.RESPONSE_ERROR;
import static besser.kernel.mmc.DwMciHardware.RESPONSE_TIMEOUT;
import static besser.kernel.mmc.DwMciHardware.SDIO;

import besser.kernel.Errno;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SpinLock;
import besser.kernel.Tasklet;
import besser.kernel.Timer;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.WorkqueueFlag;
import besser.kernel.machine.IrqLine;
import besser.kernel.machine.Machine;
import org.jspecify.annotations.Nullable;

/**
 * The {@code dw_mmc} host driver with its internal DMA engine, as of Linux 6.12: the interrupt
 * handler notes events under {@code irq_lock}, the bottom half walks the request's state machine
 * under {@code lock} and completes it.
 */
final class DwMci implements MmcHostOps {
  private static final LockClass LOCK = new LockClass("dw_mci.lock", "dw_mmc");
  private static final LockClass IRQ_LOCK = new LockClass("dw_mci.irq_lock", "dw_mmc");

  private static final int EVENT_COMMAND_COMPLETE = 1;
  private static final int EVENT_TRANSFER_COMPLETE = 2;
  private static final int EVENT_DATA_COMPLETE = 4;
  private static final int EVENT_DATA_ERROR = 8;

  private static final int CACHE_STEP_BYTES = 512;
  private static final int TUNING_BLOCK_BYTES = 64;

  /** {@code cto} and {@code dto}: beyond the hardware's own time-out, in ms. */
  private static final int SPARE_MILLIS = 10;

  private enum State {
    IDLE,
    SENDING_COMMAND,
    SENDING_DATA,
    DATA_BUSY,
    SENDING_STOP,
    DATA_ERROR
  }

  private final Kernel kernel;
  private final MmcHost host;
  private final DwMciConfig config;
  private final DwMciHardware hardware;
  private final SpinLock lock;
  private final SpinLock irqLock;
  private final Tasklet tasklet;
  private final Workqueue bhWorkqueue;
  private final Work bhWork;
  private final Timer commandTimer;
  private final Timer dataTimer;
  private final byte[] tuningBlock = new byte[TUNING_BLOCK_BYTES];

  private State state = State.IDLE;
  private @Nullable MmcRequest current;
  private int pendingEvents;
  private int commandStatus;
  private int dataStatus;

  DwMci(Machine machine, MmcHost host, DwMciConfig config, SdioCard card) {
    this.kernel = machine.kernel();
    this.host = host;
    this.config = config;
    IrqLine line = machine.hardware().irqLine(config.irq(), "dw-mci", config.cpu());
    this.hardware = new DwMciHardware(machine.hardware(), config, card, line, host.tuningRequest());
    this.lock = kernel.spinLock(LOCK);
    this.irqLock = kernel.spinLock(IRQ_LOCK);
    this.tasklet = kernel.tasklet(MmcFunctions.TASKLET_FUNC, this::bottomHalf);
    this.bhWorkqueue = kernel.allocWorkqueue("events_bh", 0, WorkqueueFlag.BH);
    this.bhWork = kernel.work(MmcFunctions.WORK_FUNC, this::bottomHalf);
    this.commandTimer = kernel.timer(MmcFunctions.CTO_TIMER, this::commandTimedOut);
    this.dataTimer = kernel.timer(MmcFunctions.DTO_TIMER, this::dataTimedOut);
    line.requestIrq(MmcFunctions.INTERRUPT, this::interrupt);
  }

  DwMciHardware hardware() {
    return hardware;
  }

  @Override
  public void request(MmcRequest mrq) {
    try (var _ = kernel.enter(MmcFunctions.REQUEST)) {
      lock.lockBh();
      state = State.SENDING_COMMAND;
      current = mrq;
      startRequest(mrq);
      lock.unlockBh();
    }
  }

  private void startRequest(MmcRequest mrq) {
    try (var _ = kernel.enter(MmcFunctions.START_DW_REQUEST)) {
      pendingEvents = 0;
      commandStatus = 0;
      dataStatus = 0;
      if (mrq.hasData) submitData(mrq);
      startCommand(mrq);
    }
  }

  private void submitData(MmcRequest mrq) {
    try (var _ = kernel.enter(MmcFunctions.SUBMIT_DATA)) {
      try (var _ = kernel.enter(MmcFunctions.DMA_MAP_SG)) {
        cache(mrq.write ? MmcFunctions.CACHE_CLEAN : MmcFunctions.CACHE_INVALIDATE, mrq.length);
      }
      irqLock.lockIrqsave();
      irqLock.unlockIrqrestore();
      try (var _ = kernel.enter(MmcFunctions.IDMAC_START)) {
        // descriptors and three registers: its own time only
      }
    }
  }

  /** The SoC's DMA is not coherent with the CPUs' caches: every line is cleaned or invalidated. */
  private void cache(KernelFunction function, int bytes) {
    for (int done = 0; done < bytes; done += CACHE_STEP_BYTES) {
      try (var _ = kernel.enter(function)) {
        // its own time only
      }
    }
  }

  private void startCommand(MmcRequest mrq) {
    try (var _ = kernel.enter(MmcFunctions.START_COMMAND)) {
      hardware.send(mrq);
      try (var _ = kernel.enter(MmcFunctions.SET_CTO)) {
        irqLock.lockIrqsave();
        if ((pendingEvents & EVENT_COMMAND_COMPLETE) == 0) arm(commandTimer);
        irqLock.unlockIrqrestore();
      }
    }
  }

  private void arm(Timer timer) {
    timer.mod(kernel.clock().jiffies() + kernel.clock().msecsToJiffies(SPARE_MILLIS) + 1);
  }

  private void interrupt() {
    hardware.handlerEntered();
    int pending = hardware.maskedStatus();
    if ((pending & COMMAND_ERRORS) != 0) noteCommandError(pending);
    if ((pending & DATA_ERRORS) != 0) noteDataError(pending);
    if ((pending & DATA_OVER) != 0) noteDataOver(pending);
    if ((pending & COMMAND_DONE) != 0) noteCommandDone(pending);
    if ((pending & SDIO) != 0) {
      hardware.clear(SDIO);
      setSdioIrq(false);
      host.signalSdioIrq();
    }
    if (hardware.dmaInterrupt()) {
      hardware.clearDma();
      dmaCompleted();
    }
    hardware.handlerLeft();
  }

  private void noteCommandError(int pending) {
    irqLock.lockIrqsave();
    commandTimer.delete();
    hardware.clear(COMMAND_ERRORS);
    commandStatus = pending;
    pendingEvents |= EVENT_COMMAND_COMPLETE;
    irqLock.unlockIrqrestore();
  }

  private void noteDataError(int pending) {
    irqLock.lockIrqsave();
    hardware.clear(DATA_ERRORS);
    dataStatus = pending;
    pendingEvents |= EVENT_DATA_ERROR;
    scheduleBottomHalf();
    irqLock.unlockIrqrestore();
  }

  private void noteDataOver(int pending) {
    irqLock.lockIrqsave();
    dataTimer.delete();
    hardware.clear(DATA_OVER);
    if (dataStatus == 0) dataStatus = pending;
    pendingEvents |= EVENT_DATA_COMPLETE;
    scheduleBottomHalf();
    irqLock.unlockIrqrestore();
  }

  private void noteCommandDone(int pending) {
    irqLock.lockIrqsave();
    hardware.clear(COMMAND_DONE);
    commandTimer.delete();
    if (commandStatus == 0) commandStatus = pending;
    pendingEvents |= EVENT_COMMAND_COMPLETE;
    scheduleBottomHalf();
    irqLock.unlockIrqrestore();
  }

  /** The receive buffer is unmapped here, in the hard interrupt: its cache lines are dropped. */
  private void dmaCompleted() {
    try (var _ = kernel.enter(MmcFunctions.DMAC_COMPLETE)) {
      MmcRequest mrq = current;
      if (mrq == null) return;
      try (var _ = kernel.enter(MmcFunctions.DMA_UNMAP_SG)) {
        if (!mrq.write) cache(MmcFunctions.CACHE_INVALIDATE, mrq.length);
      }
      pendingEvents |= EVENT_TRANSFER_COMPLETE;
      scheduleBottomHalf();
    }
  }

  private void scheduleBottomHalf() {
    switch (config.bottomHalf()) {
      case TASKLET -> tasklet.schedule();
      case BH_WORK -> bhWorkqueue.queue(bhWork);
    }
  }

  /** The state machine; goes on as long as the state changes. */
  private void bottomHalf() {
    lock.lock();
    State before;
    do {
      before = state;
      MmcRequest mrq = current;
      if (mrq != null) step(mrq);
    } while (state != before && state != State.IDLE);
    lock.unlock();
  }

  private void step(MmcRequest mrq) {
    switch (state) {
      case IDLE -> {}
      case SENDING_COMMAND -> commandArrived(mrq);
      case SENDING_DATA -> dataArrived();
      case DATA_BUSY -> dataFinished(mrq);
      case SENDING_STOP -> stopArrived(mrq);
      case DATA_ERROR -> {
        if (take(EVENT_TRANSFER_COMPLETE)) state = State.DATA_BUSY;
      }
    }
  }

  private boolean take(int event) {
    boolean was = (pendingEvents & event) != 0;
    pendingEvents &= ~event;
    return was;
  }

  private void commandArrived(MmcRequest mrq) {
    if ((pendingEvents & EVENT_COMMAND_COMPLETE) == 0) return;
    commandTimer.deleteSync();
    take(EVENT_COMMAND_COMPLETE);
    commandCompleted(mrq);
    if (!mrq.hasData) {
      end(mrq);
      return;
    }
    if (mrq.commandError == 0) {
      state = State.SENDING_DATA;
      return;
    }
    sendAbort();
    stopDma();
    state = State.SENDING_STOP;
  }

  private void commandCompleted(MmcRequest mrq) {
    try (var _ = kernel.enter(MmcFunctions.COMMAND_COMPLETE)) {
      int status = commandStatus;
      commandStatus = 0;
      if ((status & RESPONSE_TIMEOUT) != 0) mrq.commandError = Errno.ETIMEDOUT;
      else if ((status & RESPONSE_CRC) != 0) mrq.commandError = Errno.EILSEQ;
      else if ((status & RESPONSE_ERROR) != 0) mrq.commandError = Errno.EIO;
    }
  }

  private void dataArrived() {
    if (take(EVENT_DATA_ERROR)) {
      if ((dataStatus & DATA_TIMEOUT) == 0) sendAbort();
      stopDma();
      state = State.DATA_ERROR;
      return;
    }
    if (take(EVENT_TRANSFER_COMPLETE)) {
      state = State.DATA_BUSY;
      return;
    }
    if (current != null && !current.write) setDataTimeout();
  }

  private void setDataTimeout() {
    try (var _ = kernel.enter(MmcFunctions.SET_DRTO)) {
      irqLock.lockIrqsave();
      if ((pendingEvents & EVENT_DATA_COMPLETE) == 0) arm(dataTimer);
      irqLock.unlockIrqrestore();
    }
  }

  private void dataFinished(MmcRequest mrq) {
    if ((pendingEvents & EVENT_DATA_COMPLETE) == 0) {
      if (!mrq.write) setDataTimeout();
      return;
    }
    dataTimer.deleteSync();
    take(EVENT_DATA_COMPLETE);
    boolean aborted = (dataStatus & DATA_CRC) != 0;
    dataCompleted(mrq);
    if (aborted) state = State.SENDING_STOP;
    else end(mrq);
  }

  private void dataCompleted(MmcRequest mrq) {
    try (var _ = kernel.enter(MmcFunctions.DATA_COMPLETE)) {
      if ((dataStatus & DATA_ERRORS) == 0) return;
      mrq.dataError = (dataStatus & DATA_TIMEOUT) != 0 ? Errno.ETIMEDOUT : Errno.EILSEQ;
      try (var _ = kernel.enter(MmcFunctions.RESET)) {
        // resets controller, FIFO and DMA: its own time only
      }
    }
  }

  private void stopArrived(MmcRequest mrq) {
    if ((pendingEvents & EVENT_COMMAND_COMPLETE) == 0) return;
    commandTimer.deleteSync();
    take(EVENT_COMMAND_COMPLETE);
    commandStatus = 0;
    end(mrq);
  }

  private void sendAbort() {
    try (var _ = kernel.enter(MmcFunctions.START_COMMAND)) {
      hardware.sendAbort();
      try (var _ = kernel.enter(MmcFunctions.SET_CTO)) {
        irqLock.lockIrqsave();
        arm(commandTimer);
        irqLock.unlockIrqrestore();
      }
    }
  }

  private void stopDma() {
    try (var _ = kernel.enter(MmcFunctions.STOP_DMA)) {
      hardware.stopDma();
      pendingEvents |= EVENT_TRANSFER_COMPLETE;
    }
  }

  /** {@code dw_mci_request_end}: the lock is let go while the core is told. */
  private void end(MmcRequest mrq) {
    try (var _ = kernel.enter(MmcFunctions.REQUEST_END)) {
      current = null;
      state = State.IDLE;
      lock.unlock();
      host.requestDone(mrq);
      lock.lock();
    }
  }

  private void commandTimedOut() {
    irqLock.lockIrqsave();
    boolean late = (hardware.maskedStatus() & (COMMAND_DONE | COMMAND_ERRORS)) != 0;
    if (!late && (pendingEvents & EVENT_COMMAND_COMPLETE) == 0 && state != State.IDLE) {
      commandStatus = RESPONSE_TIMEOUT;
      pendingEvents |= EVENT_COMMAND_COMPLETE;
      scheduleBottomHalf();
    }
    irqLock.unlockIrqrestore();
  }

  private void dataTimedOut() {
    irqLock.lockIrqsave();
    boolean late = (hardware.maskedStatus() & DATA_OVER) != 0;
    boolean waiting = state == State.SENDING_DATA || state == State.DATA_BUSY;
    if (!late && waiting && (pendingEvents & EVENT_DATA_COMPLETE) == 0) {
      dataStatus = DATA_TIMEOUT;
      pendingEvents |= EVENT_DATA_ERROR | EVENT_DATA_COMPLETE;
      scheduleBottomHalf();
    }
    irqLock.unlockIrqrestore();
  }

  @Override
  public void enableSdioIrq(boolean enable) {
    setSdioIrq(enable);
  }

  @Override
  public void ackSdioIrq() {
    setSdioIrq(true);
  }

  private void setSdioIrq(boolean enable) {
    try (var _ = kernel.enter(MmcFunctions.ENABLE_SDIO_IRQ)) {
      irqLock.lockIrqsave();
      hardware.enableSdioInterrupt(enable);
      irqLock.unlockIrqrestore();
    }
  }

  @Override
  public boolean cardBusy() {
    try (var _ = kernel.enter(MmcFunctions.CARD_BUSY)) {
      return false;
    }
  }

  @Override
  public void executeTuning() {
    for (int block = 0; block < config.tuningBlocks(); block++) {
      MmcRequest mrq = host.tuningRequest();
      mrq.command(MmcRequest.SEND_TUNING_BLOCK, 0, MmcRequest.FLAGS_EXTENDED);
      mrq.data(false, tuningBlock, TUNING_BLOCK_BYTES, TUNING_BLOCK_BYTES);
      host.waitForRequest(mrq);
    }
  }
}
