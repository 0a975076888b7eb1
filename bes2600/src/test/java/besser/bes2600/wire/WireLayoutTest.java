package besser.bes2600.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WireLayoutTest {
  @Test
  void headerKeepsSequenceClassAndLinkApart() {
    byte[] bytes = new byte[8];
    WsmHeader.put(bytes, 2, 1566, WsmHeader.withLinkId(MessageId.RECEIVE, 2));
    WsmHeader.putSequence(bytes, 2, 5);

    int raw = WsmHeader.rawId(bytes, 2);
    assertEquals(0x1e, bytes[2]);
    assertEquals(0x06, bytes[3]);
    assertEquals(1566, WsmHeader.length(bytes, 2));
    assertEquals(5, WsmHeader.sequence(raw));
    assertEquals(0x884, WsmHeader.id(raw));
    assertEquals(2, WsmHeader.linkId(raw));
    assertEquals(MessageId.RECEIVE, WsmHeader.withoutLinkId(WsmHeader.id(raw)));
    assertEquals(0, WsmHeader.nextSequence(7));
  }

  @Test
  void mcuMessagesUseTheSecondSequenceCounterAndTheirLabel() {
    byte[] bytes = new byte[16];
    WsmHeader.putMcu(bytes, 0, 16, MessageId.DRIVER_RF, WsmHeader.MCU_CONFIRM_LABEL, 7);
    int id = WsmHeader.id(WsmHeader.rawId(bytes, 0));
    assertEquals(1, WsmHeader.sequenceIndex(id));
    assertEquals(0, WsmHeader.sequenceIndex(MessageId.RECEIVE));
    assertTrue(WsmHeader.isConfirm(id, WsmHeader.mcuLabel(bytes, 0)));
    assertFalse(WsmHeader.isConfirm(id, WsmHeader.MCU_INDICATION_LABEL));
    assertTrue(WsmHeader.isConfirm(MessageId.MULTI_TX_CONFIRM, 0));
  }

  @Test
  void packetIdHoldsSixFields() {
    int id = PacketId.of(0xd, 3, 0x81, 0xfe, 2, 0xb);
    assertEquals(0xdb2381fe, id);
    assertEquals(0xfe, PacketId.item(id));
    assertEquals(0x81, PacketId.itemGeneration(id));
    assertEquals(3, PacketId.queue(id));
    assertEquals(2, PacketId.interfaceId(id));
    assertEquals(0xb, PacketId.linkId(id));
    assertEquals(0xd, PacketId.queueGeneration(id));
  }

  @Test
  void lengthRegisterHoldsBlocksAndToggle() {
    assertEquals(0x0a, SdioRegisters.lengthRegister(10, 0));
    assertEquals(0x8a, SdioRegisters.lengthRegister(10, 1));
    assertEquals(10, SdioRegisters.blocks(0x8a));
    assertEquals(1, SdioRegisters.toggle(0x8a));
    assertThrows(IllegalArgumentException.class, () -> SdioRegisters.lengthRegister(128, 0));
  }

  @Test
  void cmd53CarriesLengthInItsAddressBits() {
    int read = Cmd53.blockMode(false, 1, 5120, 1, 10);
    assertEquals(0x1e28000a | 5120 << 9, read);
    assertEquals(5120, Cmd53.length(read));
    assertEquals(5120, Cmd53.transferBytes(read));
    assertEquals(1, Cmd53.toggle(read));
    assertFalse(Cmd53.isWrite(read));

    int bytes = Cmd53.byteMode(false, 1, 512, 0);
    assertFalse(Cmd53.isBlockMode(bytes));
    assertEquals(512, Cmd53.transferBytes(bytes));
    assertEquals(512, Cmd53.length(bytes));
    assertEquals(0, Cmd53.toggle(bytes));
  }

  @Test
  void txTransferSaysItsSlotsInItsLengthField() {
    int field = TxSlots.lengthField(3 * TxSlots.strideBytes(4), 4);
    assertEquals(1632, TxSlots.strideOfField(field));
    assertEquals(3, TxSlots.slotsOfField(field));
    assertEquals(4, TxSlots.blocks(1537));
    assertEquals(5, TxSlots.blocks(2049));
    assertEquals(2, TxSlots.slotsOfField(TxSlots.lengthField(2 * 512, 1)));
  }

  @Test
  void startupSurvivesTheWire() {
    Startup startup = Startup.withBuffers(15);
    byte[] bytes = new byte[Startup.BYTES + 3];
    startup.put(bytes, 3);
    assertEquals(startup, Startup.read(bytes, 3));
    assertEquals(Startup.BYTES, WsmHeader.length(bytes, 3));
  }

  @Test
  void refusesCreditsThatDoNotFitTheWire() {
    assertThrows(IllegalArgumentException.class, () -> Startup.withBuffers(65536));
  }

  @Test
  void multiConfirmEntriesFollowTheCount() {
    byte[] bytes = new byte[TxConfirm.multiBytes(2)];
    TxConfirm.putMulti(bytes, 0, 2);
    int second = TxConfirm.MULTI_ENTRY + TxConfirm.ENTRY_BYTES;
    TxConfirm.putEntry(bytes, second, 77, TxConfirm.STATUS_REQUEUE, 21, 3, TxConfirm.FLAG_REQUEUE);
    assertEquals(48, WsmHeader.length(bytes, 0));
    assertEquals(2, TxConfirm.count(bytes, 0));
    assertEquals(77, TxConfirm.packetId(bytes, second));
    assertEquals(TxConfirm.STATUS_REQUEUE, TxConfirm.status(bytes, second));
    assertEquals(21, TxConfirm.txedRate(bytes, second));
    assertEquals(3, TxConfirm.ackFailures(bytes, second));
    assertEquals(TxConfirm.FLAG_REQUEUE, TxConfirm.flags(bytes, second));
  }

  @Test
  void receiveIndicationHasThirtyTwoBytesBeforeTheFrame() {
    byte[] bytes = new byte[64];
    int flags = RxIndication.withPeerLinkId(RxIndication.ENCRYPTION_DECRYPTED, 3);
    RxIndication.put(bytes, 0, 0, 32, RxIndication.STATUS_SUCCESS, 6, 21, 100, flags);
    assertEquals(64, WsmHeader.length(bytes, 0));
    assertEquals(6, RxIndication.channel(bytes, 0));
    assertEquals(21, RxIndication.rate(bytes, 0));
    assertEquals(100, RxIndication.rcpi(bytes, 0));
    assertEquals(3, RxIndication.peerLinkId(RxIndication.flags(bytes, 0)));
  }
}
