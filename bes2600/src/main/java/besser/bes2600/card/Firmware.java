package besser.bes2600.card;

import besser.bes2600.air.AirParameters;
import besser.bes2600.air.BeaconReceiver;
import besser.bes2600.air.BlockAckSender;
import besser.bes2600.air.Frame;
import besser.bes2600.air.FrameReceiver;
import besser.bes2600.air.ReorderBuffer;
import besser.bes2600.environment.Environment;
import besser.bes2600.environment.FaultKind;
import besser.bes2600.environment.Faults;
import besser.bes2600.wire.Cmd53;
import besser.bes2600.wire.MessageId;
import besser.bes2600.wire.RxIndication;
import besser.bes2600.wire.SdioRegisters;
import besser.bes2600.wire.Startup;
import besser.bes2600.wire.TxRequest;
import besser.bes2600.wire.TxSlots;
import besser.bes2600.wire.WsmHeader;
import besser.kernel.Errno;
import besser.kernel.mac80211.MacAddress;
import besser.kernel.mmc.SdioCard;
import besser.kernel.random.RandomStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * The card: an SDIO function towards the host, a radio towards the air, and a processor between
 * them.
 *
 * <p>A received frame holds one of a bounded number of buffers until the host has read it; when
 * none is left, frames are not acknowledged on the air. A message from the host holds an input
 * buffer until it is confirmed; a host that sends more than there are has broken its credits, which
 * is counted.
 */
public final class Firmware implements SdioCard, Radio {
  private static final int CHANNEL = 6;
  private static final int HT_RATE_BASE = 14;
  private static final int FUNCTION = 1;

  private final Environment environment;
  private final FirmwareParameters parameters;
  private final AirParameters air;
  private final MacAddress bssid;
  private final Faults faults;
  private final Processor processor;
  private final HostInterface host;
  private final Confirms confirms;
  private final Commands commands;
  private final Subsystems subsystems;
  private final RandomStream random;
  private final ReorderBuffer reorder = new ReorderBuffer(new Received());
  private final FrameReceiver receiver = new RadioReceiver();
  private Optional<BlockAckSender> uplink = Optional.empty();

  private int receiveBuffersUsed;
  private int inputBuffersUsed;
  private int writeToggle;
  private final int[] expectedSequence = new int[2];

  private long framesReceived;
  private long framesRefused;
  private long creditViolations;
  private long sequenceErrors;
  private long commandsReceived;
  private long framesToSend;

  /** A card that has just been powered on. */
  public Firmware(
      Environment environment,
      FirmwareParameters parameters,
      AirParameters air,
      MacAddress bssid,
      InterruptLine interrupt,
      Faults faults) {
    this.environment = environment;
    this.parameters = parameters;
    this.air = air;
    this.bssid = bssid;
    this.faults = faults;
    this.random = environment.random("firmware");
    this.processor = new Processor(environment);
    this.host = new HostInterface(environment, parameters, interrupt, faults, this::departed);
    this.confirms = new Confirms(environment, parameters, host, air.uplink().mcs());
    this.commands = new Commands(environment, parameters, host);
    this.subsystems = new Subsystems(environment, parameters, this::wifiStarted);
  }

  // The SDIO function.

  @Override
  public int readRegister(int function, int address) {
    if (faults.occurs(FaultKind.BUS_ERROR)) return Errno.ETIMEDOUT;
    if (function != FUNCTION) return 0;
    return switch (address) {
      case SdioRegisters.NEXT_LENGTH -> host.readLength();
      case SdioRegisters.TX_CONTROL -> host.readControl();
      case SdioRegisters.SLAVE_STATUS -> subsystems.status();
      default -> 0; // what is not modelled reads as zero, like an unused register
    };
  }

  @Override
  public int writeRegister(int function, int address, int value) {
    if (faults.occurs(FaultKind.BUS_ERROR)) return Errno.ETIMEDOUT;
    if (function == FUNCTION && address == SdioRegisters.HOST_INT_HIGH) subsystems.writeHigh(value);
    if (function == FUNCTION && address == SdioRegisters.HOST_INT) subsystems.writeLow(value);
    return 0;
  }

  @Override
  public int transfer(int argument, boolean write, byte[] data, int length) {
    if (faults.occurs(FaultKind.BUS_ERROR)) return Errno.ETIMEDOUT;
    boolean crcError = faults.occurs(FaultKind.CRC_ERROR);
    if (!write) {
      // The card cannot know that the host found the data damaged.
      host.read(Cmd53.toggle(argument), data, length);
    } else if (!crcError) {
      written(argument, data, length);
    }
    return crcError ? Errno.EILSEQ : 0;
  }

  private void written(int argument, byte[] data, int length) {
    if (Cmd53.toggle(argument) != writeToggle) return; // a repeat of what was taken already
    writeToggle ^= 1;
    int field = Cmd53.length(argument);
    int stride = TxSlots.strideOfField(field);
    int end = Math.min(length, TxSlots.totalOfField(field));
    for (int at = 0; at + WsmHeader.BYTES <= end; at += stride) message(data, at, end - at);
  }

  private void message(byte[] data, int at, int available) {
    int length = WsmHeader.length(data, at);
    if (length < WsmHeader.BYTES || length > available) return;
    int raw = WsmHeader.rawId(data, at);
    int id = WsmHeader.id(raw);
    int index = WsmHeader.sequenceIndex(id);
    if (WsmHeader.sequence(raw) != expectedSequence[index]) sequenceErrors++;
    expectedSequence[index] = WsmHeader.nextSequence(WsmHeader.sequence(raw));
    if (++inputBuffersUsed > parameters.inputBuffers()) creditViolations++;
    if (WsmHeader.withoutLinkId(id) == MessageId.TX_REQUEST) transmit(data, at, length);
    else command(id, Arrays.copyOfRange(data, at, at + length));
  }

  private void transmit(byte[] data, int at, int length) {
    framesToSend++;
    int offset = TxRequest.frameOffset(data, at);
    byte[] bytes = Arrays.copyOfRange(data, at + offset, at + length);
    Frame frame = new Frame(bytes, 0, bytes.length, TxRequest.packetId(data, at));
    processor.submit(parameters.txFrameNanos().sample(random), () -> send(frame));
  }

  private void send(Frame frame) {
    boolean queued = uplink.map(sender -> sender.enqueue(frame)).orElse(false);
    if (!queued) settled(frame, false);
  }

  private void command(int id, byte[] request) {
    commandsReceived++;
    processor.submit(parameters.commandNanos().sample(random), () -> answer(id, request));
  }

  private void answer(int id, byte[] request) {
    inputBuffersUsed--;
    commands.answer(id, request);
  }

  private void wifiStarted() {
    byte[] message = new byte[Startup.BYTES];
    Startup.withBuffers(parameters.inputBuffers()).put(message, 0);
    environment.after(parameters.startupNanos(), () -> host.send(HostMessage.of(message)));
  }

  private void departed(HostMessage message) {
    if (message.isReceived()) receiveBuffersUsed--;
  }

  // The radio.

  @Override
  public FrameReceiver receiver() {
    return receiver;
  }

  @Override
  public BeaconReceiver beacons() {
    return this::beacon;
  }

  @Override
  public void attachUplink(BlockAckSender sender) {
    uplink = Optional.of(sender);
  }

  @Override
  public void settled(Frame frame, boolean acknowledged) {
    inputBuffersUsed--;
    if (!processor.isHung()) confirms.add(frame, acknowledged);
  }

  private void beacon(long number, boolean dtim) {
    if (parameters.dtimBeaconsOnly() && !dtim) return;
    if (isAsleep() || receiveBuffersUsed >= parameters.receiveBuffers()) return;
    receiveBuffersUsed++;
    Frame frame = BeaconFrame.of(air.beacons(), bssid, number);
    processor.submit(
        parameters.rxFrameNanos().sample(random), () -> toHost(frame, RxIndication.FLAG_BEACON));
  }

  private boolean isAsleep() {
    return (subsystems.status() & SdioRegisters.STATUS_WIFI_READY) == 0;
  }

  private void toHost(Frame frame, int flags) {
    boolean isProtected = (flags & RxIndication.FLAG_ENCRYPTION_MASK) != 0;
    boolean fails = isProtected && faults.occurs(FaultKind.DECRYPT_FAILURE);
    int status = fails ? RxIndication.STATUS_DECRYPT_FAILURE : RxIndication.STATUS_SUCCESS;
    int rate = HT_RATE_BASE + air.downlink().mcs();
    int rcpi = 2 * (parameters.signalDbm() + 110);
    byte[] head = new byte[RxIndication.HEADER_BYTES];
    RxIndication.put(head, 0, 0, frame.length(), status, CHANNEL, rate, rcpi, flags);
    host.send(HostMessage.received(head, frame));
  }

  /** Stops answering: no confirm, no frame, no interrupt from now on. */
  public void hang() {
    processor.hang();
    host.stop();
  }

  /** The counters so far. */
  public FirmwareCounters counters() {
    return new FirmwareCounters(
        host.transfers(),
        host.messages(),
        host.repeats(),
        framesReceived,
        framesRefused,
        framesToSend,
        commandsReceived,
        creditViolations,
        sequenceErrors,
        processor.busyNanos());
  }

  private final class RadioReceiver implements FrameReceiver {
    @Override
    public boolean receive(Frame frame) {
      if (processor.isHung() || isAsleep()) return false;
      boolean taken = reorder.receive(frame);
      if (!taken) framesRefused++;
      return taken;
    }

    @Override
    public void skipTo(long index) {
      reorder.skipTo(index);
    }
  }

  private final class Received implements ReorderBuffer.Sink {
    private static final int DATA_FLAGS =
        RxIndication.ENCRYPTION_DECRYPTED | RxIndication.FLAG_AGGREGATE | RxIndication.FLAG_HT;

    @Override
    public boolean hasRoom() {
      return receiveBuffersUsed + reorder.held() < parameters.receiveBuffers();
    }

    @Override
    public void deliver(Frame frame) {
      framesReceived++;
      receiveBuffersUsed++;
      processor.submit(parameters.rxFrameNanos().sample(random), () -> toHost(frame, DATA_FLAGS));
    }
  }
}
