package besser.bes2600.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.bes2600.wire.Indications;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForceCloseTest {
  @ParameterizedTest
  @MethodSource("besser.bes2600.driver.Variants#whole")
  void frameWithoutConfirmClosesTheLinkAfterThreeSeconds(Variant variant) {
    TimedDriver timed = new TimedDriver(variant);
    timed.transmit(1);
    long sent = timed.machine.nowNanos();
    // The hardened monitor looks at the card after those 3 s, and gives it one more.
    int more = variant.topology() == Topology.DIRECT_HARDENED ? 1 : 0;
    timed.runFor((2900 + 1000 * more) * TimedDriver.MILLI_NANOS);
    assertEquals(List.of(), timed.driver.forceCloses());
    timed.runFor(400 * TimedDriver.MILLI_NANOS);
    assertEquals(ForceClose.Reason.LMAC_MONITOR, timed.death().reason());
    assertTrue(timed.death().halt());
    double seconds = (timed.death().atNanos() - sent) / 1e9;
    assertTrue(
        seconds > 2.98 + more && seconds < 3.22 + more,
        "3 s and what the timer wheel adds: " + seconds);
    assertTrue(timed.logged("link break between lmac and host, hw_buf_used:1 pending:1"));
  }

  @Test
  void relayAnswersWhatIsOutstandingOnceTheBusIsDead() {
    TimedDriver timed = new TimedDriver(Variant.RELAY);
    timed.transmit(3);
    assertEquals(3, timed.driver.counters().hwBufsUsed());
    timed.runFor(3300 * TimedDriver.MILLI_NANOS);
    assertEquals(ForceClose.Reason.LMAC_MONITOR, timed.death().reason());
    assertEquals(0, timed.driver.counters().hwBufsUsed());
    assertEquals(3, timed.driver.counters().txFrames());
  }

  @Test
  void directLeavesWhatIsOutstandingUnanswered() {
    TimedDriver timed = new TimedDriver(Variant.DIRECT);
    timed.transmit(3);
    timed.runFor(3300 * TimedDriver.MILLI_NANOS);
    assertEquals(ForceClose.Reason.LMAC_MONITOR, timed.death().reason());
    assertEquals(3, timed.driver.counters().hwBufsUsed());
    assertEquals(0, timed.driver.counters().txFrames());
  }

  @Test
  void directHardenedLooksAtTheCardFirstAndAnswersAsRelayDoes() {
    TimedDriver timed = new TimedDriver(Variant.of(Topology.DIRECT_HARDENED));
    timed.transmit(3);
    timed.runFor(3300 * TimedDriver.MILLI_NANOS);
    assertEquals(List.of(), timed.driver.forceCloses());
    timed.runFor(1100 * TimedDriver.MILLI_NANOS);
    assertEquals(ForceClose.Reason.LMAC_MONITOR, timed.death().reason());
    assertEquals(0, timed.driver.counters().hwBufsUsed());
    assertEquals(3, timed.driver.counters().txFrames());
  }

  @Test
  void sequenceErrorClosesTheLinkFromWhoeverDispatches() {
    TimedDriver relay = outOfSequence(Variant.RELAY);
    assertEquals(ForceClose.Reason.BH_RX, relay.death().reason());
    TimedDriver direct = outOfSequence(Variant.DIRECT);
    assertEquals(ForceClose.Reason.RX_WORK, direct.death().reason());
    for (TimedDriver timed : List.of(relay, direct)) {
      assertEquals(1, timed.driver.counters().rxFrames());
      assertTrue(timed.logged("seq error! 4. 1. 0x804."));
      assertFalse(timed.death().halt());
    }
  }

  private static TimedDriver outOfSequence(Variant variant) {
    TimedDriver timed = new TimedDriver(variant);
    timed.card.offer(List.of(timed.unicast(), timed.unicast(), timed.unicast()));
    timed.card.spoilSequence(1);
    timed.card.interrupt();
    timed.runFor(10 * TimedDriver.MILLI_NANOS);
    return timed;
  }

  @ParameterizedTest
  @MethodSource("besser.bes2600.driver.Variants#whole")
  void exceptionOfTheFirmwareClosesTheLink(Variant variant) {
    TimedDriver timed = new TimedDriver(variant);
    byte[] exception = new byte[Indications.EXCEPTION_BYTES];
    Indications.putException(exception, 0, 2);
    timed.receive(List.of(exception));
    assertEquals(1, timed.driver.forceCloses().size());
    assertTrue(timed.logged("Firmware exception"));
  }

  @ParameterizedTest
  @MethodSource("besser.bes2600.driver.Variants#whole")
  void elevenCrcErrorsCloseTheLinkAndTenDoNot(Variant variant) {
    TimedDriver ten = new TimedDriver(variant);
    ten.card.failWithCrcError(10);
    ten.receive(List.of(ten.unicast()));
    ten.runFor(10 * TimedDriver.MILLI_NANOS);
    assertEquals(List.of(), ten.driver.forceCloses());
    assertEquals(1, ten.driver.counters().rxFrames());
    TimedDriver eleven = new TimedDriver(variant);
    eleven.card.failWithCrcError(11);
    eleven.receive(List.of(eleven.unicast()));
    eleven.runFor(10 * TimedDriver.MILLI_NANOS);
    boolean inBh = variant.topology() == Topology.BOTTOM_HALF;
    ForceClose.Reason reader = inBh ? ForceClose.Reason.BH_RX : ForceClose.Reason.RX_WORK;
    assertEquals(reader, eleven.death().reason());
    assertEquals(0, eleven.driver.counters().rxFrames());
  }
}
