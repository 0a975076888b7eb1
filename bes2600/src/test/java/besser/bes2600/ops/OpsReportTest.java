package besser.bes2600.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.bes2600.driver.Variant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpsReportTest {
  @Test
  void directTakesNoLockOfTheReceiveQueue() {
    OpsReport report = OpsReport.of(List.of(Variant.RELAY, Variant.DIRECT), 8, 0);
    var relay = report.variants().getFirst().operations();
    var direct = report.variants().getLast().operations();
    assertEquals(17, relay.locks().byClass().get("rx_queue_lock"));
    TreeSet<String> gone = new TreeSet<>(relay.locks().byClass().keySet());
    gone.removeAll(direct.locks().byClass().keySet());
    assertEquals(new TreeSet<>(List.of("rx_queue.lock", "rx_queue_lock")), gone);
    assertEquals(8, direct.delivered());
  }

  /** The bus error is asked for once per message, and bh makes one attempt to send per transfer. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 16})
  void directFollowsItsOwnClosedForm(int frames) {
    var direct = OpsReport.of(List.of(Variant.DIRECT), frames, 0).variants().getFirst();
    var locks = direct.operations().locks();
    assertEquals(1, direct.operations().txAttempts());
    assertEquals(3 * frames + 5, locks.plain());
    assertEquals(2 * frames + 3, locks.irqsave());
    assertEquals(frames + 5, locks.bh());
    assertEquals(1, direct.operations().wakes().bh());
    assertEquals(1, direct.operations().memory().dumps());
  }

  @Test
  void rendersVariantsSideBySide() {
    OpsReport report = OpsReport.of(List.of(Variant.RELAY, Variant.DIRECT), 16, 0);
    String text = OpsText.figures(report);
    assertTrue(text.startsWith("one transfer of 16 frames, 0 outstanding\n"), text);
    assertTrue(
        text.contains("spin locks in all                       248     15.5      109      6.8"),
        text);
    String order = OpsText.order(report);
    assertTrue(order.contains("relay\n   1  irq      queue_work(sdio_rx_work), new\n"), order);
  }

  @Test
  void refusesWhatCannotBeOnTheBus() {
    var tooMany =
        assertThrows(
            IllegalArgumentException.class, () -> OpsReport.of(List.of(Variant.RELAY), 17, 0));
    assertEquals("frames must be in 1..16, got 17", tooMany.getMessage());
    assertThrows(IllegalArgumentException.class, () -> OpsReport.of(List.of(Variant.RELAY), 1, 14));
    assertThrows(IllegalArgumentException.class, () -> OpsReport.of(List.of(), 1, 0));
  }
}
