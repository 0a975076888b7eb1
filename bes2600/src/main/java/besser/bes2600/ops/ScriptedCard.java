package besser.bes2600.ops;

import besser.bes2600.wire.Cmd53;
import besser.bes2600.wire.Indications;
import besser.bes2600.wire.MessageId;
import besser.bes2600.wire.SdioRegisters;
import besser.bes2600.wire.TxConfirm;
import besser.bes2600.wire.TxRequest;
import besser.bes2600.wire.TxSlots;
import besser.bes2600.wire.WsmHeader;
import besser.kernel.Errno;
import besser.kernel.mmc.SdioCard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A card that plays what it is given: transfers in order, faults before the next one, and the TX
 * confirms that are asked for. Commands it confirms at once. It numbers messages and checks toggles
 * as the firmware does.
 */
public final class ScriptedCard implements SdioCard {
  private final Runnable interruptLine;
  private final ArrayDeque<byte[]> transfers = new ArrayDeque<>();
  private final List<Integer> packetIds = new ArrayList<>();
  private final int[] sequence = new int[2];
  private int lengthToggle;
  private int readToggle;
  private int writeToggle;
  private boolean announced;
  private int staleLengths;
  private int falseZeros;
  private int crcErrors;
  private boolean autoConfirm;
  private boolean interruptOwed;
  private int protocolErrors;

  /** A card that interrupts the host by {@code interruptLine}. */
  public ScriptedCard(Runnable interruptLine) {
    this.interruptLine = interruptLine;
  }

  /** Offers a transfer made of these messages; asserts no interrupt. */
  public void offer(List<byte[]> messages) {
    int bytes = 0;
    for (byte[] message : messages) bytes += WsmHeader.align(message.length);
    int block = SdioRegisters.BLOCK_BYTES;
    byte[] transfer = new byte[(bytes + block - 1) / block * block];
    int at = 0;
    for (byte[] message : messages) {
      System.arraycopy(message, 0, transfer, at, message.length);
      number(transfer, at);
      at += WsmHeader.align(message.length);
    }
    transfers.add(transfer);
  }

  private void number(byte[] transfer, int at) {
    int index = WsmHeader.sequenceIndex(WsmHeader.id(WsmHeader.rawId(transfer, at)));
    WsmHeader.putSequence(transfer, at, sequence[index]);
    sequence[index] = WsmHeader.nextSequence(sequence[index]);
  }

  /** Gives the {@code index}th message of the last offered transfer a wrong sequence number. */
  public void spoilSequence(int index) {
    byte[] transfer = transfers.getLast();
    int at = 0;
    for (int i = 0; i < index; i++) at += WsmHeader.align(WsmHeader.length(transfer, at));
    int number = WsmHeader.sequence(WsmHeader.rawId(transfer, at));
    WsmHeader.putSequence(transfer, at, number + 3);
  }

  /** Interrupts the host once. */
  public void interrupt() {
    interruptLine.run();
  }

  /** The length register shows the last length's toggle that often before the next length. */
  public void showStaleLength(int times) {
    staleLengths = times;
  }

  /** The length register shows zero, not marked as true, that often before the next length. */
  public void showFalseZero(int times) {
    falseZeros = times;
  }

  /** That many reads of the next transfer end with a CRC error. */
  public void failWithCrcError(int times) {
    crcErrors = times;
  }

  /**
   * Whether each data message is confirmed as soon as it has been written; the interrupt comes once
   * the host's transmit work is done with it.
   */
  public void confirmAtOnce(boolean enabled) {
    autoConfirm = enabled;
  }

  /** Transfers that were offered and not yet read. */
  public int waitingTransfers() {
    return transfers.size();
  }

  /** Packet ids of the data messages that were written and are not yet confirmed, in order. */
  public List<Integer> unconfirmed() {
    return List.copyOf(packetIds);
  }

  /** A single confirm of the oldest unconfirmed message. */
  public byte[] singleConfirm() {
    byte[] message = new byte[TxConfirm.BYTES];
    TxConfirm.putSingle(message, 0);
    TxConfirm.putEntry(message, TxConfirm.SINGLE_ENTRY, packetIds.removeFirst(), 0, 21, 0, 0);
    return message;
  }

  /** A multi confirm of the {@code count} oldest unconfirmed messages. */
  public byte[] multiConfirm(int count) {
    byte[] message = new byte[TxConfirm.multiBytes(count)];
    TxConfirm.putMulti(message, 0, count);
    for (int i = 0; i < count; i++) {
      int entry = TxConfirm.MULTI_ENTRY + i * TxConfirm.ENTRY_BYTES;
      TxConfirm.putEntry(message, entry, packetIds.removeFirst(), 0, 21, 0, 0);
    }
    return message;
  }

  /** Toggles or sequence numbers of the host that were wrong. */
  public int protocolErrors() {
    return protocolErrors;
  }

  @Override
  public int readRegister(int function, int address) {
    return switch (address) {
      case SdioRegisters.NEXT_LENGTH -> readLength();
      case SdioRegisters.TX_CONTROL -> transfers.isEmpty() ? SdioRegisters.TRUE_ZERO : 0;
      case SdioRegisters.SLAVE_STATUS -> 0xff;
      default -> 0;
    };
  }

  private int readLength() {
    if (transfers.isEmpty()) return 0;
    int blocks = transfers.getFirst().length / SdioRegisters.BLOCK_BYTES;
    if (staleLengths > 0) {
      staleLengths--;
      return SdioRegisters.lengthRegister(blocks, lengthToggle ^ 1);
    }
    if (falseZeros > 0) {
      falseZeros--;
      return 0;
    }
    announced = true;
    return SdioRegisters.lengthRegister(blocks, lengthToggle);
  }

  @Override
  public int writeRegister(int function, int address, int value) {
    return 0;
  }

  @Override
  public int transfer(int argument, boolean write, byte[] data, int length) {
    return write ? written(argument, data) : read(argument, data, length);
  }

  private int read(int argument, byte[] data, int length) {
    if (!announced || Cmd53.toggle(argument) != readToggle) protocolErrors++;
    if (crcErrors > 0) {
      crcErrors--;
      return Errno.EILSEQ;
    }
    byte[] transfer = transfers.removeFirst();
    System.arraycopy(transfer, 0, data, 0, Math.min(length, transfer.length));
    announced = false;
    lengthToggle ^= 1;
    readToggle ^= 1;
    return 0;
  }

  private void confirmCommand(int id) {
    byte[] message = new byte[Indications.GENERIC_CONFIRM_BYTES];
    Indications.putGenericConfirm(message, 0, WsmHeader.withoutLinkId(id), WsmHeader.linkId(id), 0);
    offer(List.of(message));
    if (WsmHeader.withoutLinkId(id) == MessageId.SET_PM) offer(List.of(powerModeReached(id)));
    interrupt();
  }

  /** The indication that a set power mode command is followed by: power save was reached. */
  private static byte[] powerModeReached(int id) {
    byte[] message = new byte[Indications.SET_PM_DONE_BYTES];
    Indications.putSetPmDone(message, 0, WsmHeader.linkId(id), 0, 1);
    return message;
  }

  private int written(int argument, byte[] data) {
    if (Cmd53.toggle(argument) != writeToggle) protocolErrors++;
    writeToggle ^= 1;
    int field = Cmd53.length(argument);
    for (int slot = 0; slot < TxSlots.slotsOfField(field); slot++) {
      int at = slot * TxSlots.strideOfField(field);
      int id = WsmHeader.id(WsmHeader.rawId(data, at));
      if (WsmHeader.withoutLinkId(id) == MessageId.TX_REQUEST) {
        packetIds.add(TxRequest.packetId(data, at));
      } else {
        confirmCommand(id);
      }
    }
    while (autoConfirm && !packetIds.isEmpty()) {
      offer(List.of(singleConfirm()));
      interruptOwed = true;
    }
    return 0;
  }

  /** The host's transmit work has queued {@code rx_work}, its last act. */
  void transmitWorkDone() {
    if (!interruptOwed) return;
    interruptOwed = false;
    interrupt();
  }
}
