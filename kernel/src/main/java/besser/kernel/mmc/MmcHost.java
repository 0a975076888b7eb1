package besser.kernel.mmc;

import besser.kernel.Errno;
import besser.kernel.Kernel;
import besser.kernel.LockClass;
import besser.kernel.SpinLock;
import besser.kernel.Task;
import besser.kernel.WaitQueue;
import besser.kernel.Work;
import besser.kernel.machine.Machine;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct mmc_host} and the part of the mmc core that SDIO drivers meet: claiming, requests,
 * retuning, and card interrupts without a thread of their own ({@code MMC_CAP2_SDIO_IRQ_NOTHREAD}).
 */
final class MmcHost {
  private static final LockClass HOST_LOCK = new LockClass("mmc_host.lock", "mmc");
  private static final LockClass WAIT_LOCK = new LockClass("mmc_host.wq", "mmc");
  private static final LockClass POWER_LOCK = new LockClass("dev.power.lock", "pm");

  private final Kernel kernel;
  private final String name;
  private final MmcTracepoints tracepoints;
  private final SpinLock lock;
  private final SpinLock waitEntryLock;
  private final SpinLock powerLock;
  private final WaitQueue waitQueue;
  private final Work sdioIrqWork;
  private final MmcRequest request;
  private final MmcRequest tuningRequest;
  private final BooleanSupplier claiming = this::tryClaim;
  private @Nullable MmcHostOps ops;

  private @Nullable Task claimer;
  private int claimCount;
  private boolean retuneNow;
  private boolean needRetune;
  private boolean doingRetune;
  private int retuneHolds;
  private boolean sdioIrqPending;
  private Optional<Runnable> irqHandler = Optional.empty();

  MmcHost(Machine machine, String name) {
    this.kernel = machine.kernel();
    this.name = name;
    this.tracepoints = new MmcTracepoints(machine.tracepoints());
    this.lock = kernel.spinLock(HOST_LOCK);
    this.waitEntryLock = kernel.spinLock(WAIT_LOCK);
    this.powerLock = kernel.spinLock(POWER_LOCK);
    this.waitQueue = kernel.waitQueue(WAIT_LOCK);
    this.sdioIrqWork = kernel.work(MmcFunctions.SDIO_IRQ_WORK, this::sdioIrqWork);
    this.request = new MmcRequest(kernel.completion("mrq.completion"));
    this.tuningRequest = new MmcRequest(kernel.completion("mrq.completion"));
  }

  void attach(MmcHostOps hostOps) {
    ops = hostOps;
  }

  private MmcHostOps ops() {
    if (ops == null) throw new IllegalStateException(name + " has no host controller attached");
    return ops;
  }

  /** {@code mmc_claim_host}: sleeps until free; recursive for the task that holds it. */
  void claim() {
    try (var _ = kernel.enter(MmcFunctions.CLAIM_HOST)) {
      waitEntry(true);
      waitQueue.waitEvent(claiming);
      waitEntry(false);
      if (claimCount == 1) {
        try (var _ = kernel.enter(MmcFunctions.PM_RUNTIME_RESUME)) {
          powerLock.lockIrqsave();
          powerLock.unlockIrqrestore();
        }
      }
    }
  }

  /** Claiming always puts its wait entry on the queue, whether or not it will have to sleep. */
  private void waitEntry(boolean add) {
    try (var _ = kernel.enter(add ? MmcFunctions.ADD_WAIT_QUEUE : MmcFunctions.REMOVE_WAIT_QUEUE)) {
      waitEntryLock.lockIrqsave();
      waitEntryLock.unlockIrqrestore();
    }
  }

  private boolean tryClaim() {
    Task current = kernel.current();
    lock.lockIrqsave();
    boolean free = claimer == null || claimer.equals(current);
    if (free) {
      claimer = current;
      claimCount++;
    }
    lock.unlockIrqrestore();
    return free;
  }

  /** {@code mmc_release_host}. */
  void release() {
    try (var _ = kernel.enter(MmcFunctions.RELEASE_HOST)) {
      if (claimer == null) kernel.warn("mmc_release_host: host not claimed");
      lock.lockIrqsave();
      claimCount--;
      if (claimCount > 0) {
        lock.unlockIrqrestore();
        return;
      }
      claimCount = 0;
      claimer = null;
      lock.unlockIrqrestore();
      waitQueue.wakeUp();
      try (var _ = kernel.enter(MmcFunctions.PM_RUNTIME_SUSPEND)) {
        // the card interrupt holds the controller awake, so the usage count stays above 0
      }
    }
  }

  /** The request that the claiming task may fill. */
  MmcRequest request() {
    if (!Objects.equals(claimer, kernel.current()))
      kernel.warn("mmc_start_request: host not claimed");
    return request;
  }

  /** The request of a retuning, which happens inside the start of another. */
  MmcRequest tuningRequest() {
    return tuningRequest;
  }

  /** {@code mmc_wait_for_req}: the request's result, 0 or a negative error. */
  int waitForRequest(MmcRequest mrq) {
    try (var _ = kernel.enter(MmcFunctions.WAIT_FOR_REQ)) {
      mrq.completion.reinit();
      startRequest(mrq);
      mrq.completion.await();
      retuneRelease();
      return mrq.result();
    }
  }

  private void startRequest(MmcRequest mrq) {
    try (var _ = kernel.enter(MmcFunctions.START_REQUEST)) {
      retuneHold();
      retune();
      if (mrq.opcode != MmcRequest.SEND_TUNING_BLOCK) waitWhileCardBusy();
      tracepoints.started(mrq, this);
      ops().request(mrq);
    }
  }

  /** Up to 500 polls a millisecond apart, as the core does before SDIO reads and writes. */
  private void waitWhileCardBusy() {
    for (int tries = 500; tries > 0 && ops().cardBusy(); tries--) kernel.clock().msleep(1);
  }

  /** {@code mmc_request_done}, from the controller's bottom half. */
  void requestDone(MmcRequest mrq) {
    try (var _ = kernel.enter(MmcFunctions.REQUEST_DONE)) {
      boolean crcError = mrq.commandError == Errno.EILSEQ || mrq.dataError == Errno.EILSEQ;
      if (crcError && mrq.opcode != MmcRequest.SEND_TUNING_BLOCK) needRetune = true;
      tracepoints.finished(mrq, this);
      try (var _ = kernel.enter(MmcFunctions.WAIT_DONE)) {
        mrq.completion.complete();
      }
    }
  }

  /** {@code mmc_retune_hold}: the first hold lets a retuning that is due happen first. */
  private void retuneHold() {
    if (retuneHolds == 0) retuneNow = true;
    retuneHolds++;
  }

  /** {@code sdio_retune_hold_now}: no retuning from here on, not even one that is due. */
  void retuneHoldNow() {
    retuneNow = false;
    retuneHolds++;
  }

  /** {@code mmc_retune_release}. */
  void retuneRelease() {
    if (retuneHolds == 0) {
      kernel.warn("mmc_retune_release: not held");
      return;
    }
    retuneHolds--;
  }

  private void retune() {
    if (!retuneNow) return;
    retuneNow = false;
    if (!needRetune || doingRetune) return;
    try (var _ = kernel.enter(MmcFunctions.RETUNE)) {
      needRetune = false;
      doingRetune = true;
      ops().executeTuning();
      doingRetune = false;
    }
  }

  /** {@code sdio_signal_irq}, from the controller's interrupt. */
  void signalSdioIrq() {
    try (var _ = kernel.enter(MmcFunctions.SIGNAL_SDIO_IRQ)) {
      sdioIrqPending = true;
      kernel.systemWq().queue(sdioIrqWork);
    }
  }

  private void sdioIrqWork() {
    claim();
    if (irqHandler.isPresent()) {
      boolean pending = sdioIrqPending;
      sdioIrqPending = false;
      if (pending) irqHandler.get().run();
      if (!sdioIrqPending) ops().ackSdioIrq();
    }
    release();
  }

  /** {@code sdio_claim_irq}; the card's interrupt enable register is set over the bus first. */
  int claimIrq(Runnable handler) {
    try (var _ = kernel.enter(MmcFunctions.SDIO_CLAIM_IRQ)) {
      if (irqHandler.isPresent()) return Errno.EBUSY;
      int enabled = ioRwDirect(false, 0, CCCR_INTERRUPT_ENABLE, 0);
      if (enabled < 0) return enabled;
      int written = ioRwDirect(true, 0, CCCR_INTERRUPT_ENABLE, enabled | 3);
      if (written < 0) return written;
      irqHandler = Optional.of(handler);
      ops().enableSdioIrq(true);
      return 0;
    }
  }

  /** {@code sdio_release_irq}. */
  int releaseIrq() {
    try (var _ = kernel.enter(MmcFunctions.SDIO_RELEASE_IRQ)) {
      if (irqHandler.isPresent()) {
        irqHandler = Optional.empty();
        ops().enableSdioIrq(false);
      }
      return Math.min(0, ioRwDirect(true, 0, CCCR_INTERRUPT_ENABLE, 0));
    }
  }

  /** Card common control register {@code INT_ENABLE}. */
  static final int CCCR_INTERRUPT_ENABLE = 0x04;

  /** {@code mmc_io_rw_direct}: one CMD52; the byte read, 0 after a write, or a negative error. */
  int ioRwDirect(boolean write, int function, int address, int value) {
    try (var _ = kernel.enter(MmcFunctions.IO_RW_DIRECT)) {
      if ((address & ~0x1ffff) != 0) return Errno.EINVAL;
      MmcRequest mrq = request();
      int argument = (write ? 1 << 31 : 0) | function << 28 | address << 9;
      if (write) argument |= value & 0xff;
      mrq.command(MmcRequest.IO_RW_DIRECT, argument, MmcRequest.FLAGS_DIRECT);
      int result = waitForRequest(mrq);
      if (result != 0) return result;
      return write ? 0 : mrq.response & 0xff;
    }
  }

  String name() {
    return name;
  }

  boolean isDoingRetune() {
    return doingRetune;
  }

  boolean isRetuneNow() {
    return retuneNow;
  }

  boolean needsRetune() {
    return needRetune;
  }

  int retuneHolds() {
    return retuneHolds;
  }

  /** Where the request lies, as the tracepoint's pointer: one place, since it is used again. */
  long requestAddress() {
    return 0xffff_8000_0a00_0000L;
  }
}
