package besser.check.driver;

import besser.bes2600.environment.FaultKind;
import besser.bes2600.ops.ScriptedCard;
import besser.bes2600.wire.Cmd53;
import besser.bes2600.wire.SdioRegisters;
import besser.bes2600.wire.TxSlots;
import besser.bes2600.wire.WsmHeader;
import besser.kernel.Errno;
import besser.kernel.machine.Hardware;
import besser.kernel.mmc.SdioCard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A scripted card whose faults the schedule decides, which keeps what it handed over, and which
 * checks the host's numbering. The interrupt is a level: asserted by an offer, taken back when the
 * length register is read.
 */
final class CheckedCard implements SdioCard {
  /** What is told of the card, outside the CPUs. */
  interface Listener {
    /** A fault happened. */
    void fault(FaultKind kind);

    /** The host has read a transfer with these frames' numbers in it. */
    void handedOver(List<Integer> frames);

    /** The host has written data messages. */
    void written(int messages);

    /** The host has read the register that takes the interrupt back. */
    void interruptTakenBack();

    /** The host broke the rules of the bus. */
    void violated(String what);
  }

  private record Transfer(List<Integer> frames) {}

  private final Hardware hardware;
  private final Set<FaultKind> faults;
  private final Consumer<Boolean> interruptLine;
  private final Supplier<? extends Listener> listeners;
  private final ScriptedCard script;
  private final ArrayDeque<Transfer> offered = new ArrayDeque<>();
  private final int[] expectedSequence = new int[2];
  private boolean hung;
  private boolean asserted;
  private boolean held;
  private int knownViolations;

  CheckedCard(
      Hardware hardware,
      Set<FaultKind> faults,
      Consumer<Boolean> interruptLine,
      Supplier<? extends Listener> listeners) {
    this.hardware = hardware;
    this.faults = faults;
    this.interruptLine = interruptLine;
    this.listeners = listeners;
    script = new ScriptedCard(this::raise);
  }

  private boolean occurs(FaultKind kind) {
    if (!faults.contains(kind) || !hardware.occurs(kind.fault())) return false;
    listeners.get().fault(kind);
    return true;
  }

  /** Offers a transfer; {@code frames} are the numbers of the received frames in it. */
  void offer(List<byte[]> messages, List<Integer> frames) {
    if (hung) return;
    if (occurs(FaultKind.FIRMWARE_HANG)) {
      hung = true;
      return;
    }
    script.offer(messages);
    offered.add(new Transfer(new ArrayList<>(frames)));
    raise();
  }

  private void raise() {
    if (!occurs(FaultKind.LOST_INTERRUPT)) line(true);
  }

  private void line(boolean level) {
    asserted = level;
    if (!held) interruptLine.accept(level);
  }

  /** It is switched off: no interrupt any more. */
  void silence() {
    hung = true;
    line(false);
  }

  /** Keeps its interrupt from the host for now: a storm of them would not let time pass. */
  void hold() {
    held = true;
    interruptLine.accept(false);
  }

  /** The end of {@link #hold}: the line is again what it would be. */
  void release() {
    held = false;
    interruptLine.accept(asserted);
  }

  boolean isHeld() {
    return held;
  }

  /** Whether the host has read all, and has been confirmed all. */
  boolean isIdle() {
    return script.waitingTransfers() == 0 && script.unconfirmed().isEmpty();
  }

  /** How many data messages were written and not yet confirmed. */
  int unconfirmed() {
    return script.unconfirmed().size();
  }

  /** A multi confirm of the oldest. */
  byte[] multiConfirm(int count) {
    return script.multiConfirm(count);
  }

  @Override
  public int readRegister(int function, int address) {
    if (occurs(FaultKind.BUS_ERROR)) return Errno.ETIMEDOUT;
    if (address == SdioRegisters.SLAVE_STATUS && occurs(FaultKind.LATE_WAKE_UP)) return 0;
    if (address == SdioRegisters.NEXT_LENGTH) {
      listeners.get().interruptTakenBack();
      line(false);
    }
    return script.readRegister(function, address);
  }

  @Override
  public int writeRegister(int function, int address, int value) {
    if (occurs(FaultKind.BUS_ERROR)) return Errno.ETIMEDOUT;
    return script.writeRegister(function, address, value);
  }

  @Override
  public int transfer(int argument, boolean write, byte[] data, int length) {
    if (occurs(FaultKind.BUS_ERROR)) return Errno.ETIMEDOUT;
    if (occurs(FaultKind.CRC_ERROR)) return Errno.EILSEQ;
    if (write) return written(argument, data, length);
    int result = script.transfer(argument, false, data, length);
    reportViolations();
    Transfer taken = offered.poll();
    if (taken != null) listeners.get().handedOver(taken.frames());
    return result;
  }

  private int written(int argument, byte[] data, int length) {
    if (hung) return 0;
    int before = script.unconfirmed().size();
    int field = Cmd53.length(argument);
    for (int slot = 0; slot < TxSlots.slotsOfField(field); slot++) {
      checkSequence(data, slot * TxSlots.strideOfField(field));
    }
    int result = script.transfer(argument, true, data, length);
    reportViolations();
    // Commands were confirmed at once, in transfers of their own.
    while (offered.size() < script.waitingTransfers()) offered.add(new Transfer(List.of()));
    int more = script.unconfirmed().size() - before;
    if (more > 0) listeners.get().written(more);
    return result;
  }

  private void checkSequence(byte[] data, int at) {
    int raw = WsmHeader.rawId(data, at);
    int index = WsmHeader.sequenceIndex(WsmHeader.id(raw));
    int sequence = WsmHeader.sequence(raw);
    if (sequence != expectedSequence[index])
      listeners.get().violated("sequence number of a request");
    expectedSequence[index] = WsmHeader.nextSequence(sequence);
  }

  private void reportViolations() {
    if (script.protocolErrors() == knownViolations) return;
    knownViolations = script.protocolErrors();
    listeners.get().violated("transfer toggle");
  }
}
