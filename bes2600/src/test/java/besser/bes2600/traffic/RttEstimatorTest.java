package besser.bes2600.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RttEstimatorTest {
  @Test
  void startsWithOneSecondAsRfc6298Says() {
    assertEquals(1_000_000_000, new RttEstimator(200_000_000).rtoNanos());
  }

  @Test
  void firstMeasurementGivesItselfAndHalfOfItAsVariation() {
    RttEstimator rtt = new RttEstimator(1);
    rtt.sample(100_000_000);
    // RTO = R + 4 x R/2.
    assertEquals(300_000_000, rtt.rtoNanos());
  }

  @Test
  void laterMeasurementsAreSmoothedByAnEighthAndAQuarter() {
    RttEstimator rtt = new RttEstimator(1);
    rtt.sample(100_000_000);
    rtt.sample(180_000_000);
    // RTTVAR = 3/4 x 50 + 1/4 x 80 = 57.5 ms, SRTT = 7/8 x 100 + 1/8 x 180 = 110 ms.
    assertEquals(110_000_000, rtt.smoothedNanos());
    assertEquals(340_000_000, rtt.rtoNanos());
  }

  @Test
  void doublesWithEachTimeoutUntilSomethingIsAcknowledged() {
    RttEstimator rtt = new RttEstimator(200_000_000);
    rtt.sample(10_000_000);
    rtt.backOff();
    rtt.backOff();
    assertEquals(800_000_000, rtt.rtoNanos());
    rtt.progress();
    assertEquals(200_000_000, rtt.rtoNanos());
  }
}
