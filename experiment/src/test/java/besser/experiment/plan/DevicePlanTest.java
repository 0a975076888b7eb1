package besser.experiment.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevicePlanTest {
  @ParameterizedTest
  @CsvSource({
    "1B3B3ED0*, 1B3B3ED0AA, true",
    "1B3B3ED0*, 2B3B3ED0AA, false",
    "!1B3B3ED0*, 2B3B3ED0AA, true",
    "!1B3B3ED0*, 1B3B3ED0, false",
    "*threadirqs*, quiet threadirqs ro, true",
    "a.b, axb, false"
  })
  void recognisesASignByItsPattern(String pattern, String text, boolean fits) {
    DevicePlan.Sign sign = new DevicePlan.Sign(new DevicePlan.Place.CommandLine(), pattern);
    assertEquals(fits, sign.fits(text + "\n"));
  }

  @Test
  void readsTheShippedPlansDevices() {
    DevicePlan napi = read("threaded-napi");
    assertEquals(Optional.of("local:"), napi.usual());
    assertEquals(DevicePlan.Link.VETH, napi.link());
    DevicePlan.State kthread = napi.state("kthread").orElseThrow();
    assertEquals(List.of("echo 1 > /sys/class/net/${interface}/threaded"), kthread.enter());
    DevicePlan.State direct = read("patch-c").state("direct").orElseThrow();
    assertEquals(
        "srcversion of module bes2600 is not 1B3B3ED0*", direct.signs().getFirst().words());
    assertTrue(direct.enter().isEmpty());
  }

  private static DevicePlan read(String plan) {
    return PlanReader.read(Path.of("..", "plans", plan + ".yaml")).plan().device();
  }

  @Test
  void refusesAStateThatNobodyCanBringAbout() {
    DevicePlan.Sign sign = new DevicePlan.Sign(new DevicePlan.Place.CommandLine(), "x");
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new DevicePlan.State("a", "w", List.of(), List.of(), "", List.of(sign)));
    assertEquals(
        "arm a needs commands to enter it, or words for the operator", refused.getMessage());
  }
}
