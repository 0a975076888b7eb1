package besser.bes2600.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import besser.bes2600.driver.Variant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The order of events that the executed driver showed, restated beside this test. */
class EventOrderTest {
  @Test
  void relayReceivesThreeFramesInTheOrderOfTheDriver() {
    StillMachine still = new StillMachine(Variant.RELAY);
    still.card().offer(Scenarios.unicasts(still, 3));
    still.startCounting();
    still.interrupt();
    assertEquals(RelayExecutedTest.resource("order-receive-3.txt"), text(still.steps()));
  }

  @Test
  void relaySendsAndConfirmsOneFrameInTheOrderOfTheDriver() {
    StillMachine still = new StillMachine(Variant.RELAY);
    still.card().confirmAtOnce(true);
    still.startCounting();
    still.transmit(1);
    assertEquals(RelayExecutedTest.resource("order-transmit-1.txt"), text(still.steps()));
  }

  private static String text(List<OrderedStep> steps) {
    return steps.stream().map(step -> step + "\n").collect(Collectors.joining());
  }
}
