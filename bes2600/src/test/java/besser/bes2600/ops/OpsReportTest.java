package besser.bes2600.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.bes2600.driver.Variant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** What each variant takes per batch of 8 with nothing to send, beside the topology it is on. */
  @ParameterizedTest
  @CsvSource({
    "relay, 55, 49, 23, 1, 1",
    "direct-sketch, 17, 16, 8, 0, 1",
    "direct, 29, 19, 13, 1, 1",
    "direct-hardened, 30, 19, 13, 1, 1",
    "bottom-half, 22, 19, 13, 1, 0",
    "relay+list-delivery, 55, 41, 23, 1, 1",
    "direct+list-delivery, 29, 11, 13, 1, 1",
    "direct+ba-lock, 29, 19, 5, 1, 1",
    "direct+skip-ps-lock, 29, 19, 12, 1, 1",
    "bottom-half+list-delivery+ba-lock+skip-ps-lock, 22, 11, 4, 1, 0"
  })
  void everyVariantHasItsOwnCounts(
      String id, int plain, int irqsave, int bh, int bhWakes, int rxWorks) {
    Operations operations =
        OpsReport.of(List.of(Variant.of(id)), 8, 0).variants().getFirst().operations();
    assertEquals(plain, operations.locks().plain());
    assertEquals(irqsave, operations.locks().irqsave());
    assertEquals(bh, operations.locks().bh());
    assertEquals(bhWakes, operations.wakes().bh());
    assertEquals(rxWorks, operations.queueing().rxWork());
    assertEquals(8, operations.delivered());
    assertEquals(0, operations.warnings());
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
