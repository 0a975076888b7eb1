package besser.kernel.mmc;

import besser.kernel.Errno;
import besser.kernel.machine.Alarm;
import besser.kernel.machine.Hardware;
import besser.kernel.machine.IrqLine;
import besser.kernel.random.RandomStream;

/**
 * The controller itself, its bus and its interrupt output; outside the CPUs.
 *
 * <p>The interrupt output is a level: raised as long as an enabled status bit is set. The card's
 * interrupt is a level too: {@link #SDIO} follows it, whatever is written to clear the bit, so that
 * a line still asserted when it is unmasked interrupts again, and one taken back meanwhile does
 * not.
 */
final class DwMciHardware {
  static final int RESPONSE_ERROR = 1 << 1;
  static final int COMMAND_DONE = 1 << 2;
  static final int DATA_OVER = 1 << 3;
  static final int RESPONSE_CRC = 1 << 6;
  static final int DATA_CRC = 1 << 7;
  static final int RESPONSE_TIMEOUT = 1 << 8;
  static final int DATA_TIMEOUT = 1 << 9;
  static final int SDIO = 1 << 16;

  static final int COMMAND_ERRORS = RESPONSE_ERROR | RESPONSE_CRC | RESPONSE_TIMEOUT;
  static final int DATA_ERRORS = DATA_CRC | DATA_TIMEOUT;

  /** A function-0 write to register 6 (ABORT), which ends a transfer. */
  private static final int ABORT_REGISTER = 6;

  private final SdioCard card;
  private final MmcTiming timing;
  private final RandomStream random;
  private final IrqLine line;
  private final Alarm commandEnd;
  private final Alarm dataEnd;
  private final Alarm dmaEnd;

  private MmcRequest request;
  private boolean aborting;
  private int transferError;
  private int status;
  private int mask = COMMAND_ERRORS | DATA_ERRORS | COMMAND_DONE | DATA_OVER;
  private boolean dmaInterrupt;
  private boolean cardAsserted;
  private boolean inHandler;
  private int interruptEnableRegister;

  DwMciHardware(
      Hardware hardware, DwMciConfig config, SdioCard card, IrqLine line, MmcRequest none) {
    this.card = card;
    this.timing = config.timing();
    this.random = hardware.random(config.hostName());
    this.line = line;
    this.request = none;
    this.commandEnd = hardware.alarm(this::commandEnded);
    this.dataEnd = hardware.alarm(this::dataEnded);
    this.dmaEnd = hardware.alarm(this::dmaEnded);
  }

  /** The command register is written: the command goes out. */
  void send(MmcRequest mrq) {
    request = mrq;
    aborting = false;
    transferError = 0;
    arm(commandEnd, timing.commandNanos() + overhead() + card.busyNanos());
  }

  /** The abort command after a failed data phase. */
  void sendAbort() {
    aborting = true;
    arm(commandEnd, timing.commandNanos() + overhead());
  }

  private long overhead() {
    return timing.clockHertz() == 0 ? 0 : timing.commandOverheadNanos().sample(random);
  }

  private static void arm(Alarm alarm, long delayNanos) {
    alarm.arm(Math.max(0, delayNanos));
  }

  private void commandEnded() {
    if (aborting) {
      raise(COMMAND_DONE);
      return;
    }
    MmcRequest mrq = request;
    int result =
        switch (mrq.opcode) {
          case MmcRequest.IO_RW_DIRECT -> direct(mrq.argument);
          case MmcRequest.IO_RW_EXTENDED ->
              card.transfer(mrq.argument, mrq.write, mrq.data, mrq.length);
          default -> 0;
        };
    if (mrq.hasData) dataCommandEnded(mrq, result);
    else raise(COMMAND_DONE | respond(mrq, result));
  }

  /** The status bits of a response, after filling the request with what it says. */
  private static int respond(MmcRequest mrq, int result) {
    if (result == Errno.ETIMEDOUT) return RESPONSE_TIMEOUT;
    if (result == Errno.EILSEQ) return RESPONSE_CRC;
    if (result < 0) mrq.responseError = result;
    else mrq.response = result & 0xff;
    return 0;
  }

  private void dataCommandEnded(MmcRequest mrq, int result) {
    if (result == Errno.ETIMEDOUT) {
      raise(COMMAND_DONE | RESPONSE_TIMEOUT);
      return;
    }
    if (result < 0 && result != Errno.EILSEQ) mrq.responseError = result;
    transferError = result;
    raise(COMMAND_DONE);
    long nanos = timing.dataNanos(mrq.length, mrq.blocks);
    if (timing.clockHertz() != 0) {
      for (int block = 0; block < mrq.blocks; block++) {
        nanos += timing.blockOverheadNanos().sample(random);
      }
    }
    arm(dataEnd, nanos);
  }

  private int direct(int argument) {
    boolean write = argument < 0;
    int function = argument >>> 28 & 7;
    int address = argument >>> 9 & 0x1ffff;
    if (function == 0) return commonControl(write, address, argument & 0xff);
    return write
        ? card.writeRegister(function, address, argument & 0xff)
        : card.readRegister(function, address);
  }

  /** Function 0: the registers that the core itself uses are answered here, for any card. */
  private int commonControl(boolean write, int address, int value) {
    if (address == MmcHost.CCCR_INTERRUPT_ENABLE) {
      if (write) {
        interruptEnableRegister = value;
        cardInterrupt(cardAsserted);
      }
      return write ? 0 : interruptEnableRegister;
    }
    if (address == ABORT_REGISTER) return 0;
    return write ? card.writeRegister(0, address, value) : card.readRegister(0, address);
  }

  private void dataEnded() {
    int error =
        switch (transferError) {
          case 0 -> 0;
          case Errno.EILSEQ -> DATA_CRC;
          default -> DATA_TIMEOUT;
        };
    raise(DATA_OVER | error);
    if (error == 0) {
      arm(dmaEnd, timing.clockHertz() == 0 ? 0 : timing.dmaLagNanos().sample(random));
    }
  }

  private void dmaEnded() {
    dmaInterrupt = true;
    drive();
  }

  private void raise(int bits) {
    status |= bits;
    drive();
  }

  private void drive() {
    if (!inHandler && (maskedStatus() != 0 || dmaInterrupt)) line.raise();
  }

  /** The handler begins: the output is not looked at again before it ends. */
  void handlerEntered() {
    inHandler = true;
  }

  /** The handler ends: whatever is still pending interrupts again. */
  void handlerLeft() {
    inHandler = false;
    drive();
  }

  /** Register {@code MINTSTS}. */
  int maskedStatus() {
    boolean card = cardAsserted && (interruptEnableRegister & 1) != 0;
    return (card ? status | SDIO : status) & mask;
  }

  /** Writes {@code RINTSTS}: clears bits. */
  void clear(int bits) {
    status &= ~bits;
  }

  /** Register {@code IDSTS}. */
  boolean dmaInterrupt() {
    return dmaInterrupt;
  }

  /** Writes {@code IDSTS}. */
  void clearDma() {
    dmaInterrupt = false;
  }

  /** Resets the DMA engine and the FIFO. */
  void stopDma() {
    dmaEnd.cancel();
    dmaInterrupt = false;
  }

  /** The {@code SDIO} bit of {@code INTMASK}. */
  void enableSdioInterrupt(boolean enable) {
    if (enable) mask |= SDIO;
    else mask &= ~SDIO;
    drive();
  }

  /** The card's interrupt line; held back while its interrupt enable register says so. */
  void cardInterrupt(boolean asserted) {
    cardAsserted = asserted;
    drive();
  }

  /** Whether the card asserts its line. */
  boolean isCardInterruptAsserted() {
    return cardAsserted;
  }
}
