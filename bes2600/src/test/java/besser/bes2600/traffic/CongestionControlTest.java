package besser.bes2600.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CongestionControlTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void slowStartAddsASegmentForEachAcknowledged() {
    for (CongestionControl.Algorithm algorithm : CongestionControl.Algorithm.values()) {
      CongestionControl control = CongestionControl.of(algorithm);
      control.acknowledged(10, 0, 0);
      assertEquals(20, control.windowSegments());
    }
  }

  @Test
  void newRenoHalvesOnLossAndThenAddsASegmentPerWindow() {
    NewReno reno = new NewReno();
    reno.acknowledged(90, 0, 0);
    reno.lossDetected(0);
    assertEquals(50, reno.windowSegments());
    reno.acknowledged(50, 0, 0);
    assertEquals(51, reno.windowSegments(), 0.02);
  }

  @Test
  void cubicFallsToSevenTenthsAndIsBackAtItsMaximumAfterK() {
    Cubic cubic = new Cubic();
    cubic.acknowledged(90, 0, 0);
    cubic.lossDetected(0);
    assertEquals(70, cubic.windowSegments(), 1e-9);
    // K = cbrt(30 / 0.4) = 4.217 s. An RTT of 100 ms, one window acknowledged in each.
    long rtt = SECOND / 10;
    long now = SECOND;
    for (int i = 0; i < 42; i++) {
      cubic.acknowledged((int) cubic.windowSegments(), now, rtt);
      now += rtt;
    }
    assertEquals(100, cubic.windowSegments(), 1.5);
    for (int i = 0; i < 20; i++) {
      cubic.acknowledged((int) cubic.windowSegments(), now, rtt);
      now += rtt;
    }
    // The cubic term is 103.2 at 2 s past K, but Reno's estimate is ahead: 0.53 a round trip gets
    // it to 100 after 57 of them, and then a segment each.
    assertEquals(105, cubic.windowSegments(), 1.5);
  }

  @Test
  void cubicIsNeverSlowerThanRenoOnShortPaths() {
    Cubic cubic = new Cubic();
    cubic.acknowledged(10, 0, 0);
    cubic.lossDetected(0);
    long rtt = 2_000_000;
    long now = SECOND;
    for (int i = 0; i < 40; i++) {
      cubic.acknowledged((int) cubic.windowSegments(), now, rtt);
      now += rtt;
    }
    // The cubic term alone would still be below 15 after 80 ms; Reno's estimate adds 0.53 a RTT.
    assertTrue(cubic.windowSegments() > 30, "window " + cubic.windowSegments());
  }

  @Test
  void aTimeoutStartsOverFromOneSegment() {
    for (CongestionControl.Algorithm algorithm : CongestionControl.Algorithm.values()) {
      CongestionControl control = CongestionControl.of(algorithm);
      control.acknowledged(30, 0, 0);
      control.timedOut(40);
      assertEquals(1, control.windowSegments());
      assertTrue(control.thresholdSegments() >= 20);
    }
  }
}
