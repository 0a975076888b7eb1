package besser.bes2600.card;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.bes2600.air.AirParameters;
import besser.bes2600.air.BeaconParameters;
import besser.bes2600.air.BlockAckSender;
import besser.bes2600.air.Frame;
import besser.bes2600.air.LinkParameters;
import besser.bes2600.air.LossParameters;
import besser.bes2600.air.LossProcess;
import besser.bes2600.air.Medium;
import besser.bes2600.air.ReorderBuffer;
import besser.bes2600.environment.FaultKind;
import besser.bes2600.environment.QueueEnvironment;
import besser.bes2600.wire.Cmd53;
import besser.bes2600.wire.Indications;
import besser.bes2600.wire.MessageId;
import besser.bes2600.wire.PacketId;
import besser.bes2600.wire.RxIndication;
import besser.bes2600.wire.SdioRegisters;
import besser.bes2600.wire.Startup;
import besser.bes2600.wire.TxConfirm;
import besser.bes2600.wire.TxRequest;
import besser.bes2600.wire.TxSlots;
import besser.bes2600.wire.WsmHeader;
import besser.kernel.Errno;
import besser.kernel.mac80211.MacAddress;
import besser.kernel.random.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirmwareTest {
  private static final long MILLISECOND = 1_000_000;
  private static final LinkParameters LINK =
      new LinkParameters(7, 7, 16, 32767, 64, 1_000_000_000, 3, 15, 1023);
  private static final AirParameters AIR =
      new AirParameters(
          LINK, LINK, LossParameters.none(), new BeaconParameters(100, 3, 200, 3), 0, 0, 1);

  private final QueueEnvironment environment = new QueueEnvironment(1);
  private final Map<FaultKind, Integer> faultsDue = new EnumMap<>(FaultKind.class);
  private final List<Frame> onAir = new ArrayList<>();
  private boolean interrupt;
  private int writeToggle;

  private final Firmware firmware =
      new Firmware(
          environment,
          parameters(4),
          AIR,
          new MacAddress(0x020000000001L),
          asserted -> interrupt = asserted,
          this::takeFault);

  // Frames get their order from a sender; a lossless one on its own channel serves.
  private final BlockAckSender downlink =
      new BlockAckSender(
          environment,
          new Medium(environment),
          "access point",
          LINK,
          new LossProcess(LossParameters.none(), environment.random("downlink loss")),
          firmware.receiver(),
          (frame, acknowledged) -> {});

  private static FirmwareParameters parameters(int receiveBuffers) {
    return new FirmwareParameters(
        15,
        receiveBuffers,
        26112,
        Distribution.fixed(50_000),
        Distribution.fixed(30_000),
        Distribution.fixed(100_000),
        Distribution.fixed(300_000),
        8,
        500_000,
        MILLISECOND,
        MILLISECOND,
        MILLISECOND,
        true,
        -60);
  }

  private boolean takeFault(FaultKind kind) {
    int left = faultsDue.getOrDefault(kind, 0);
    if (left > 0) faultsDue.put(kind, left - 1);
    return left > 0;
  }

  private void wakeWifi() {
    firmware.writeRegister(1, SdioRegisters.HOST_INT_HIGH, 0);
    int request = SdioRegisters.HOST_INT_REQUEST | SdioRegisters.HOST_INT_WIFI_ACTIVATE;
    firmware.writeRegister(1, SdioRegisters.HOST_INT, request);
    run(5);
  }

  private void run(int milliseconds) {
    environment.runUntil(environment.nowNanos() + milliseconds * MILLISECOND);
  }

  private int length() {
    return firmware.readRegister(1, SdioRegisters.NEXT_LENGTH);
  }

  private byte[] read(int toggle) {
    int bytes = SdioRegisters.blocks(length()) * SdioRegisters.BLOCK_BYTES;
    byte[] data = new byte[bytes];
    Arrays.fill(data, (byte) 0x55);
    int argument = Cmd53.blockMode(false, 1, bytes, toggle, bytes / SdioRegisters.BLOCK_BYTES);
    assertEquals(0, firmware.transfer(argument, false, data, bytes));
    return data;
  }

  private void startUp() {
    wakeWifi();
    byte[] data = read(0);
    assertEquals(MessageId.STARTUP, WsmHeader.id(WsmHeader.rawId(data, 0)));
    assertEquals(15, Startup.read(data, 0).numInpChBufs());
    Medium medium = new Medium(environment);
    ReorderBuffer.Sink sink =
        new ReorderBuffer.Sink() {
          @Override
          public boolean hasRoom() {
            return true;
          }

          @Override
          public void deliver(Frame frame) {
            onAir.add(frame);
          }
        };
    LossProcess loss = new LossProcess(LossParameters.none(), environment.random("loss"));
    firmware.attachUplink(
        new BlockAckSender(
            environment,
            medium,
            "station",
            LINK,
            loss,
            new ReorderBuffer(sink),
            firmware::settled));
  }

  private static Frame frame(int bytes, int fill) {
    byte[] body = new byte[bytes];
    Arrays.fill(body, (byte) fill);
    return new Frame(body, 0, bytes);
  }

  private void receive(int count) {
    for (int i = 0; i < count; i++) downlink.enqueue(frame(101 + i, i + 1));
    run(3);
  }

  private void write(int id, byte[] message, int sequence) {
    byte[] slot = new byte[512];
    System.arraycopy(message, 0, slot, 0, message.length);
    WsmHeader.put(slot, 0, message.length, id);
    WsmHeader.putSequence(slot, 0, sequence);
    int argument = Cmd53.blockMode(true, 1, TxSlots.lengthField(512, 1), writeToggle, 1);
    assertEquals(0, firmware.transfer(argument, true, slot, 512));
    writeToggle ^= 1;
  }

  @Test
  void wakingTheWifiShowsInTheStatusAndBringsTheStartupIndication() {
    assertEquals(
        SdioRegisters.STATUS_MCU_READY, firmware.readRegister(1, SdioRegisters.SLAVE_STATUS));
    wakeWifi();
    int status = firmware.readRegister(1, SdioRegisters.SLAVE_STATUS);
    assertTrue((status & SdioRegisters.STATUS_WIFI_READY) != 0);
    assertTrue(interrupt);
    // 152 bytes are one block; the first length has toggle 0.
    assertEquals(0x01, length());
    assertFalse(interrupt);
  }

  @Test
  void anEmptyCardShowsATrueZero() {
    startUp();
    assertEquals(0, SdioRegisters.blocks(length()));
    assertEquals(SdioRegisters.TRUE_ZERO, firmware.readRegister(1, SdioRegisters.TX_CONTROL));
  }

  @Test
  void framesThatWaitTogetherShareATransferPaddedToBlocks() {
    startUp();
    receive(3);
    assertTrue(interrupt);
    int register = length();
    // 32 + 101, 102, 103 bytes, each from a multiple of 4: 136 + 136 + 136 = 408, one block.
    assertEquals(1, SdioRegisters.blocks(register));
    assertEquals(1, SdioRegisters.toggle(register));
    byte[] data = read(1);
    int at = 0;
    for (int i = 0; i < 3; i++) {
      assertEquals(RxIndication.HEADER_BYTES + 101 + i, WsmHeader.length(data, at));
      int raw = WsmHeader.rawId(data, at);
      assertEquals(MessageId.RECEIVE, WsmHeader.withoutLinkId(WsmHeader.id(raw)));
      // The startup indication was number 0.
      assertEquals(i + 1, WsmHeader.sequence(raw));
      assertEquals(100, RxIndication.rcpi(data, at));
      assertEquals(i + 1, data[at + RxIndication.HEADER_BYTES]);
      at += WsmHeader.align(WsmHeader.length(data, at));
    }
    assertArrayEquals(new byte[512 - at], Arrays.copyOfRange(data, at, 512));
  }

  @Test
  void aTransferReadAgainWithTheOldToggleHasTheSameBytes() {
    startUp();
    receive(2);
    faultsDue.put(FaultKind.CRC_ERROR, 1);
    byte[] data = new byte[512];
    length();
    int argument = Cmd53.blockMode(false, 1, 512, 1, 1);
    assertEquals(Errno.EILSEQ, firmware.transfer(argument, false, data, 512));
    receive(1);
    byte[] again = new byte[512];
    assertEquals(0, firmware.transfer(argument, false, again, 512));
    assertArrayEquals(data, again);
    assertEquals(1, firmware.counters().repeats());
    // What came meanwhile is announced with the next length toggle.
    assertEquals(0x01, length());
  }

  @Test
  void withoutReceiveBuffersFramesAreNotAcknowledged() {
    startUp();
    receive(6);
    assertEquals(4, firmware.counters().framesReceived());
    assertTrue(firmware.counters().framesRefused() > 0);
  }

  @Test
  void aLostInterruptLeavesTheLengthToBeFound() {
    startUp();
    faultsDue.put(FaultKind.LOST_INTERRUPT, 1);
    receive(1);
    assertFalse(interrupt);
    assertEquals(1, SdioRegisters.blocks(length()));
  }

  @Test
  void aCommandIsConfirmedWithItsIdAndInterface() {
    startUp();
    write(WsmHeader.withLinkId(MessageId.WRITE_MIB, 1), new byte[12], 0);
    run(1);
    byte[] data = read(1);
    int id = WsmHeader.id(WsmHeader.rawId(data, 0));
    assertEquals(MessageId.WRITE_MIB + MessageId.CONFIRM, WsmHeader.withoutLinkId(id));
    assertEquals(1, WsmHeader.linkId(id));
    assertEquals(0, Indications.first(data, 0));
    assertEquals(1, firmware.counters().commands());
  }

  @Test
  void framesSentAreConfirmedTogetherWithTheirPacketIds() {
    startUp();
    for (int i = 0; i < 3; i++) {
      byte[] message = new byte[TxRequest.HEADER_BYTES + 60];
      TxRequest.put(message, 0, message.length);
      TxRequest.putPacketId(message, 0, PacketId.of(1, 2, 3, i, 0, 0));
      write(MessageId.TX_REQUEST, message, i);
    }
    run(3);
    assertEquals(3, onAir.size());
    assertEquals(60, onAir.getFirst().length());
    byte[] data = read(1);
    assertEquals(MessageId.MULTI_TX_CONFIRM, WsmHeader.id(WsmHeader.rawId(data, 0)));
    assertEquals(3, TxConfirm.count(data, 0));
    for (int i = 0; i < 3; i++) {
      int entry = TxConfirm.MULTI_ENTRY + i * TxConfirm.ENTRY_BYTES;
      assertEquals(i, PacketId.item(TxConfirm.packetId(data, entry)));
      assertEquals(TxConfirm.STATUS_SUCCESS, TxConfirm.status(data, entry));
    }
    assertEquals(0, firmware.counters().creditViolations());
    assertEquals(0, firmware.counters().sequenceErrors());
  }

  @Test
  void aWriteRepeatedWithTheSameToggleIsTakenOnce() {
    startUp();
    write(MessageId.WRITE_MIB, new byte[12], 0);
    writeToggle ^= 1;
    write(MessageId.WRITE_MIB, new byte[12], 0);
    assertEquals(1, firmware.counters().commands());
  }

  @Test
  void countsMessagesOutOfSequenceAndBeyondTheCredits() {
    startUp();
    write(MessageId.WRITE_MIB, new byte[12], 5);
    assertEquals(1, firmware.counters().sequenceErrors());
    for (int i = 0; i < 15; i++) write(MessageId.WRITE_MIB, new byte[12], (6 + i) & 7);
    assertEquals(1, firmware.counters().creditViolations());
    assertEquals(1, firmware.counters().sequenceErrors());
  }

  @Test
  void aHungCardAnswersNothing() {
    startUp();
    firmware.hang();
    write(MessageId.WRITE_MIB, new byte[12], 0);
    receive(2);
    assertFalse(interrupt);
    assertEquals(0, SdioRegisters.blocks(length()));
  }

  @Test
  void onlyDtimBeaconsReachTheHost() {
    startUp();
    for (int i = 0; i < 6; i++) firmware.beacons().beacon(i, i % 3 == 0);
    run(3);
    byte[] data = read(1);
    assertEquals(RxIndication.FLAG_BEACON, RxIndication.flags(data, 0));
    assertEquals((byte) 0x80, data[RxIndication.HEADER_BYTES]);
    assertEquals(3, firmware.counters().messages());
  }
}
