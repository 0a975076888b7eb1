package besser.bes2600.card;

import besser.bes2600.environment.Environment;
import besser.bes2600.environment.FaultKind;
import besser.bes2600.environment.Faults;
import besser.bes2600.wire.SdioRegisters;
import besser.bes2600.wire.TxSlots;
import besser.bes2600.wire.WsmHeader;
import besser.kernel.random.Distribution;
import besser.kernel.random.RandomStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Messages towards the host: queued, collected into transfers of up to 16, announced in the length
 * register with its toggle, and read by CMD53.
 */
final class HostInterface {
  /** Told when a message has left for the host. */
  interface Departures {
    void departed(HostMessage message);
  }

  private final Environment environment;
  private final Distribution announceNanos;
  private final RandomStream random;
  private final int transferBytes;
  private final InterruptLine interrupt;
  private final Faults faults;
  private final Departures departures;
  private final Runnable announceDue = this::announce;

  private final ArrayDeque<HostMessage> queue = new ArrayDeque<>();
  private final int[] nextSequence = new int[2];
  private Transfer announced = new Transfer();
  // Kept for the host that reads it again after an error on the bus.
  private Transfer last = new Transfer();
  private int lengthToggle;
  private int readToggle;
  private boolean announcing;
  private boolean stopped;

  private long transfers;
  private long messages;
  private long repeats;
  private long overreads;

  HostInterface(
      Environment environment,
      FirmwareParameters parameters,
      InterruptLine interrupt,
      Faults faults,
      Departures departures) {
    this.environment = environment;
    this.announceNanos = parameters.announceNanos();
    this.random = environment.random("firmware announcements");
    this.transferBytes = parameters.transferBytes();
    this.interrupt = interrupt;
    this.faults = faults;
    this.departures = departures;
  }

  /** Queues a message; it is announced as soon as the transfer before it has been read. */
  void send(HostMessage message) {
    queue.add(message);
    scheduleAnnouncement();
  }

  /** Nothing is announced any more. */
  void stop() {
    stopped = true;
  }

  /** The length register, by which the interrupt is taken back. */
  int readLength() {
    interrupt.set(false);
    int blocks = announced.bytes / SdioRegisters.BLOCK_BYTES;
    return SdioRegisters.lengthRegister(blocks, lengthToggle ^ 1);
  }

  /** The control register: whether a length of zero is true. */
  int readControl() {
    return waiting() == 0 ? SdioRegisters.TRUE_ZERO : 0;
  }

  /** Messages waiting or announced. */
  int waiting() {
    return queue.size() + announced.messages.size();
  }

  private void scheduleAnnouncement() {
    if (announcing || stopped || announced.bytes > 0 || queue.isEmpty()) return;
    announcing = true;
    environment.after(announceNanos.sample(random), announceDue);
  }

  private void announce() {
    announcing = false;
    if (stopped) return;
    announced.firstSequence[0] = nextSequence[0];
    announced.firstSequence[1] = nextSequence[1];
    int bytes = 0;
    while (!queue.isEmpty() && announced.messages.size() < TxSlots.MAX_MESSAGES) {
      int aligned = WsmHeader.align(queue.element().length());
      if (bytes > 0 && bytes + aligned > transferBytes) break;
      HostMessage message = queue.remove();
      bytes += aligned;
      announced.messages.add(message);
      int index = WsmHeader.sequenceIndex(message.id());
      nextSequence[index] = WsmHeader.nextSequence(nextSequence[index]);
    }
    int block = SdioRegisters.BLOCK_BYTES;
    announced.bytes = (bytes + block - 1) / block * block;
    lengthToggle ^= 1;
    if (!faults.occurs(FaultKind.LOST_INTERRUPT)) interrupt.set(true);
  }

  /**
   * The host reads {@code length} bytes.
   *
   * @param toggle the transfer toggle; the one of the transfer before asks for that again
   */
  void read(int toggle, byte[] to, int length) {
    if (toggle != readToggle) {
      repeats++;
      last.write(to, length);
      return;
    }
    if (announced.bytes == 0) {
      overreads++;
      Arrays.fill(to, 0, length, (byte) 0);
      return;
    }
    readToggle ^= 1;
    Transfer taken = announced;
    announced = last;
    announced.clear();
    last = taken;
    taken.write(to, length);
    transfers++;
    messages += taken.messages.size();
    for (int i = 0; i < taken.messages.size(); i++) departures.departed(taken.messages.get(i));
    scheduleAnnouncement();
  }

  /** Messages that travel together, and the sequence numbers of the first of each class. */
  private static final class Transfer {
    private final List<HostMessage> messages = new ArrayList<>(TxSlots.MAX_MESSAGES);
    private final int[] firstSequence = new int[2];
    private int bytes;

    void clear() {
      messages.clear();
      bytes = 0;
    }

    void write(byte[] to, int length) {
      int lmac = firstSequence[0];
      int mcu = firstSequence[1];
      int at = 0;
      for (int i = 0; i < messages.size(); i++) {
        HostMessage message = messages.get(i);
        int end = at + WsmHeader.align(message.length());
        if (end > length) break;
        if (WsmHeader.sequenceIndex(message.id()) == 1) {
          message.write(to, at, mcu);
          mcu = WsmHeader.nextSequence(mcu);
        } else {
          message.write(to, at, lmac);
          lmac = WsmHeader.nextSequence(lmac);
        }
        Arrays.fill(to, at + message.length(), end, (byte) 0);
        at = end;
      }
      Arrays.fill(to, at, length, (byte) 0);
    }
  }

  /** Transfers read by the host. */
  long transfers() {
    return transfers;
  }

  /** Messages in them. */
  long messages() {
    return messages;
  }

  /** Transfers asked for again after an error. */
  long repeats() {
    return repeats;
  }

  /** Reads without anything announced. */
  long overreads() {
    return overreads;
  }
}
