package besser.bes2600.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrafficTest {
  @ParameterizedTest
  @MethodSource("besser.bes2600.driver.Variants#whole")
  void everyFrameOfEveryTransferReachesTheStackOnce(Variant variant) {
    TimedDriver timed = new TimedDriver(variant);
    for (int frames = 1; frames <= 16; frames++) {
      List<byte[]> messages = new ArrayList<>();
      for (int i = 0; i < frames; i++) messages.add(timed.unicast());
      timed.receive(messages);
    }
    assertEquals(16 * 17 / 2, timed.mac80211.receivedDataFrames());
    assertEquals(0, timed.mac80211.receivedDuplicates());
    assertEquals(0, timed.card.protocolErrors());
    assertEquals(List.of(), timed.driver.forceCloses());
  }

  @ParameterizedTest
  @MethodSource("besser.bes2600.driver.Variants#whole")
  void creditsComeBackWithTheConfirms(Variant variant) {
    TimedDriver timed = new TimedDriver(variant);
    timed.transmit(9);
    assertEquals(9, timed.driver.counters().hwBufsUsed());
    timed.receive(List.of(timed.card.multiConfirm(4)));
    assertEquals(5, timed.driver.counters().hwBufsUsed());
    timed.receive(List.of(timed.card.singleConfirm(), timed.card.multiConfirm(4)));
    assertEquals(0, timed.driver.counters().hwBufsUsed());
    assertEquals(9, timed.driver.counters().txFrames());
    timed.runFor(20 * TimedDriver.SECOND_NANOS);
    assertEquals(List.of(), timed.driver.forceCloses());
  }

  @ParameterizedTest
  @MethodSource("besser.bes2600.driver.Variants#whole")
  void oneBufferIsKeptForCommands(Variant variant) {
    TimedDriver timed = new TimedDriver(variant);
    timed.transmit(40);
    assertEquals(14, timed.card.unconfirmed().size());
    timed.receive(List.of(timed.card.multiConfirm(14)));
    assertEquals(14, timed.card.unconfirmed().size());
    timed.receive(List.of(timed.card.multiConfirm(14)));
    assertEquals(12, timed.card.unconfirmed().size());
  }

  /** The 64th frame that waits stops mac80211's queue; half as many let it go on. */
  @ParameterizedTest
  @MethodSource("besser.bes2600.driver.Variants#whole")
  void fullQueueHoldsMac80211Back(Variant variant) {
    TimedDriver timed = new TimedDriver(variant);
    timed.transmit(126);
    assertFalse(timed.mac80211.isQueueStopped(2));
    timed.transmit(1);
    assertTrue(timed.mac80211.isQueueStopped(2));
    for (int i = 0; i < 4; i++) timed.receive(List.of(timed.card.multiConfirm(14)));
    assertTrue(timed.mac80211.isQueueStopped(2));
    timed.receive(List.of(timed.card.multiConfirm(14)));
    assertFalse(timed.mac80211.isQueueStopped(2));
  }

  @ParameterizedTest
  @MethodSource("besser.bes2600.driver.Variants#whole")
  void deviceGoesToSleepWhenNothingHappensAndWakesForAFrame(Variant variant) {
    TimedDriver timed = new TimedDriver(variant);
    timed.runFor(3 * TimedDriver.SECOND_NANOS);
    long asleep = timed.driver.counters().wsmCommands();
    assertTrue(asleep > 0);
    timed.transmit(1);
    timed.runFor(500 * TimedDriver.MILLI_NANOS);
    assertTrue(timed.driver.counters().wsmCommands() > asleep);
    assertEquals(1, timed.card.unconfirmed().size());
  }
}
