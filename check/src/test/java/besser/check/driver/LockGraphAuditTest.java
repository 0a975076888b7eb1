package besser.check.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.bes2600.driver.Variant;
import besser.experiment.gate.LockAudit;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LockGraphAuditTest {
  private static final LockAudit DIRECT = LockGraphAudit.of(Variant.of("direct"));
  private static final LockAudit RELAY = LockGraphAudit.of(Variant.of("relay"));

  private static LockAudit.Around only(LockAudit audit) {
    assertEquals(1, audit.around().size(), audit.around().toString());
    return audit.around().getFirst();
  }

  @Test
  void theSameVariantHasTheSameGraph() {
    assertEquals(DIRECT, LockGraphAudit.of(Variant.of("direct")));
  }

  @Test
  void aWorkItemTakesWhatItsHandlerTakes() {
    LockAudit.Order order = new LockAudit.Order("(work)sdio_rx_work", "vif_lock", "");
    assertTrue(DIRECT.has(order));
    assertFalse(RELAY.has(order));
    assertTrue(RELAY.has(new LockAudit.Order("rx_queue_lock", "rx_queue.lock", "")));
    assertTrue(DIRECT.ordersNotIn(RELAY).stream().anyMatch(order::isLike));
  }

  @Test
  void nothingHeldAroundTheDispatchIsTakenInIt() {
    assertEquals("bes2600_bh_rx_helper in kworker", only(RELAY).caller());
    assertEquals("bes2600_sdio_deliver_rx in kworker", only(DIRECT).caller());
    assertEquals(List.of("(work)sdio_rx_work", "(wq)bes_sdio"), only(DIRECT).held());
    assertTrue(only(DIRECT).taken().containsAll(List.of("vif_list_lock", "vif_lock", "ba_lock")));
    assertEquals(List.of(), only(DIRECT).both());
    assertEquals(List.of(), DIRECT.circles());
  }
}
