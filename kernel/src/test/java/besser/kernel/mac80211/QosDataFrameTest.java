package besser.kernel.mac80211;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class QosDataFrameTest {
  private static final QosDataFrame.Route ROUTE =
      new QosDataFrame.Route(
          new MacAddress(0x020000000001L),
          new MacAddress(0x020000000002L),
          new MacAddress(0x020000000003L));

  @Test
  void frameFromTheAccessPointComesBack() {
    byte[] bytes = new byte[64];
    assertEquals(1 + 34, QosDataFrame.writeFromDs(bytes, 1, ROUTE, 4095, 6, 0x0800));
    assertTrue(QosDataFrame.isQosData(bytes, 1, 34));
    assertFalse(QosDataFrame.isQosData(bytes, 1, 33));
    assertEquals(ROUTE.station(), QosDataFrame.receiver(bytes, 1));
    assertEquals(ROUTE.bssid(), QosDataFrame.transmitter(bytes, 1));
    assertEquals(ROUTE.peer(), QosDataFrame.farEnd(bytes, 1));
    assertEquals(4095, QosDataFrame.sequenceNumber(bytes, 1));
    assertEquals(6, QosDataFrame.tid(bytes, 1));
    assertEquals(0x0800, QosDataFrame.etherType(bytes, 1));
    assertFalse(QosDataFrame.isRetry(bytes, 1));
    QosDataFrame.setRetry(bytes, 1);
    assertTrue(QosDataFrame.isRetry(bytes, 1));
  }

  @Test
  void frameToTheAccessPointHasItsAddressFirst() {
    byte[] bytes = new byte[34];
    QosDataFrame.writeToDs(bytes, 0, ROUTE, 0, 0, 0x0800);
    assertEquals(ROUTE.bssid(), QosDataFrame.receiver(bytes, 0));
    assertEquals(ROUTE.station(), QosDataFrame.transmitter(bytes, 0));
  }

  @Test
  void rejectsWhatDoesNotFitItsField() {
    byte[] bytes = new byte[34];
    assertThrows(
        IllegalArgumentException.class,
        () -> QosDataFrame.writeToDs(bytes, 0, ROUTE, 4096, 0, 0x0800));
    assertThrows(
        IllegalArgumentException.class,
        () -> QosDataFrame.writeToDs(bytes, 0, ROUTE, 0, 8, 0x0800));
    assertThrows(IllegalArgumentException.class, () -> new MacAddress(1L << 48));
  }

  @Test
  void addressPrintsAsColonSeparatedOctets() {
    assertEquals("02:00:00:00:00:03", ROUTE.peer().toString());
  }
}
