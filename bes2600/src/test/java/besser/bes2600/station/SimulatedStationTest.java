package besser.bes2600.station;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.bes2600.driver.Variant;
import besser.bes2600.driver.Variants;
import besser.bes2600.environment.FaultKind;
import besser.bes2600.traffic.TrafficParameters;
import besser.kernel.fiber.FiberBackend;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatedStationTest {
  private static final Load CAPPED = new Load(300_000, 3);
  private static final Load FLAT_OUT = new Load(4_000_000, 2);

  private static SimulatedStation booted(StationParameters parameters, Variant variant, long seed) {
    SimulatedStation station = new SimulatedStation(parameters, variant, seed);
    station.boot();
    return station;
  }

  private static StepResult run(StationParameters parameters, Load load) {
    return booted(parameters, Variant.RELAY, 1).runStep(load, StepWatcher.NONE);
  }

  @Test
  void everyVariantDeliversWhatIsOfferedBelowTheCapacity() {
    for (Variant variant : Variants.whole()) {
      SimulatedStation station = booted(Stations.good(), variant, 1);
      StepResult step = station.runStep(CAPPED, StepWatcher.NONE);
      assertTrue(step.linkDeath().isEmpty(), variant + " " + step.linkDeath());
      assertEquals(300_000, step.meanGoodput(), 20_000, variant.id());
      assertEquals(0, step.counters().get("card.credit_violations"));
      assertEquals(0, step.counters().get("card.sequence_errors"));
      assertEquals(0, station.machine().warnings());
    }
  }

  @Test
  void anOfferBeyondTheCapacityPressesBackOnTheSender() {
    StepResult step = run(Stations.good(), FLAT_OUT);
    assertTrue(step.meanGoodput() > 500_000, "goodput " + step.meanGoodput());
    assertTrue(step.meanGoodput() < 3_900_000, "goodput " + step.meanGoodput());
    long written = step.counters().get("tcp.written_bytes");
    assertTrue(written < 2 * 4_000_000, "written " + written);
  }

  @Test
  void sameSeedSameHashAndFigures() {
    SimulatedStation first = booted(Stations.good(), Variant.RELAY, 7);
    SimulatedStation second = booted(Stations.good(), Variant.RELAY, 7);
    StepResult a = first.runStep(FLAT_OUT, StepWatcher.NONE);
    StepResult b = second.runStep(FLAT_OUT, StepWatcher.NONE);
    assertEquals(a, b);
    assertEquals(first.machine().eventHash(), second.machine().eventHash());
  }

  @ParameterizedTest
  @MethodSource("besser.bes2600.driver.Variants#whole")
  void everyVariantRunsTheSameTwice(Variant variant) {
    Load load = new Load(1_000_000, 1);
    SimulatedStation first = booted(Stations.good(), variant, 5);
    SimulatedStation second = booted(Stations.good(), variant, 5);
    assertEquals(first.runStep(load, StepWatcher.NONE), second.runStep(load, StepWatcher.NONE));
    assertEquals(first.machine().eventHash(), second.machine().eventHash());
  }

  @Test
  void anotherSeedGivesAnotherRunUnderOtherConditions() {
    SimulatedStation first = booted(Stations.good(), Variant.RELAY, 7);
    SimulatedStation second = booted(Stations.good(), Variant.RELAY, 8);
    first.runStep(CAPPED, StepWatcher.NONE);
    second.runStep(CAPPED, StepWatcher.NONE);
    assertNotEquals(first.machine().eventHash(), second.machine().eventHash());
    assertNotEquals(first.conditions(), second.conditions());
  }

  @Test
  void neitherTheFiberBackendNorAListenerChangesTheRun() {
    SimulatedStation plain =
        new SimulatedStation(Stations.good(), Variant.RELAY, 3, FiberBackend.VIRTUAL_THREAD);
    SimulatedStation watched = new SimulatedStation(Stations.good(), Variant.RELAY, 3);
    plain.boot();
    List<String> seen = new ArrayList<>();
    watched.boot();
    watched
        .machine()
        .tracepoints()
        .enable("workqueue:workqueue_execute_start", r -> seen.add(r.comm()));
    watched.machine().profile().enable();
    plain.runStep(CAPPED, StepWatcher.NONE);
    watched.runStep(CAPPED, StepWatcher.NONE);
    assertTrue(!seen.isEmpty(), "no work was traced");
    assertEquals(plain.machine().eventHash(), watched.machine().eventHash());
  }

  @Test
  void aWatcherThatSaysStopEndsTheStep() {
    SimulatedStation station = booted(Stations.good(), Variant.RELAY, 1);
    StepResult step = station.runStep(new Load(100_000, 60), done -> done < 2);
    assertEquals(2, step.seconds());
    assertEquals(2, step.goodputBytesPerSecond().size());
  }

  @Test
  void datagramsArriveToo() {
    StationParameters udp =
        Stations.good().withTraffic(Stations.traffic(TrafficParameters.Transport.UDP));
    StepResult step = run(udp, CAPPED);
    assertEquals(300_000, step.meanGoodput(), 20_000);
  }

  @Test
  void aFirmwareThatHangsEndsInTheMonitorsForceClose() {
    SimulatedStation station =
        booted(Stations.withFault(FaultKind.FIRMWARE_HANG, 1, 2, 1), Variant.RELAY, 1);
    StepResult step = station.runStep(new Load(300_000, 20), StepWatcher.NONE);
    LinkDeath death = step.linkDeath().orElseThrow();
    assertEquals("no confirm from the lmac for 3 s", death.reason());
    assertTrue(!death.log().isEmpty(), "no kernel log");
    assertTrue(step.seconds() < 10, "died after " + step.seconds() + " s");
    assertTrue(station.isOffline());
    assertThrows(IllegalStateException.class, () -> station.runStep(CAPPED, StepWatcher.NONE));
  }

  @Test
  void aBusThatStopsAnsweringEndsTheLink() {
    StepResult step = run(Stations.withFault(FaultKind.BUS_ERROR, 1, 20, 1), new Load(300_000, 20));
    assertTrue(step.linkDeath().isPresent());
  }

  @Test
  void damagedTransfersAreReadAgain() {
    StepResult step = run(Stations.withFault(FaultKind.CRC_ERROR, 0, 20, 0.02), CAPPED);
    assertTrue(step.linkDeath().isEmpty(), step.linkDeath().toString());
    assertTrue(step.counters().get("card.repeats") > 0);
    assertEquals(300_000, step.meanGoodput(), 60_000);
  }

  @Test
  void undecryptableFramesStarveTheReceiverButKeepTheLink() {
    StepResult step =
        run(Stations.withFault(FaultKind.DECRYPT_FAILURE, 1, 20, 1), new Load(300_000, 4));
    assertTrue(step.counters().get("driver.rx_dropped") > 0);
    assertEquals(0, step.goodputBytesPerSecond().getLast());
  }

  @Test
  void faultsOutsideTheirTimeDoNotHappen() {
    StepResult step = run(Stations.withFault(FaultKind.BUS_ERROR, 100, 200, 1), CAPPED);
    assertTrue(step.linkDeath().isEmpty(), step.linkDeath().toString());
  }

  @Test
  void anAccessPointThatDropsTheStationEndsTheLink() {
    StepResult step =
        run(Stations.withFault(FaultKind.ACCESS_POINT_DROP, 1, 2, 1), new Load(300_000, 8));
    LinkDeath death = step.linkDeath().orElseThrow();
    assertEquals("deauthenticated from 02:00:00:00:00:01 (Reason: 4)", death.reason());
  }
}
