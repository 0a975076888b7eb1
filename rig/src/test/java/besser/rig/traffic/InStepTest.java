package besser.rig.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every byte that a receiver counted is in the step or behind it. */
final class InStepTest {
  private static InStep cut(OfferedLoad.Rate rate, double interval, Long... bytes) {
    TrafficStep step = TrafficStep.of("cut", Transport.TCP, 1e6, Duration.ofSeconds(2));
    SentTraffic sent =
        new SentTraffic(
            step,
            Instant.EPOCH,
            0,
            2,
            step.wantedBytes(),
            1,
            new ByteSeries(0.1, List.of()),
            new TrafficEnd.Completed(),
            new Shortfall(0, 0),
            0,
            0,
            List.of(),
            List.of());
    ByteSeries series = new ByteSeries(interval, List.of(bytes));
    ReceivedTraffic received =
        new ReceivedTraffic(
            "test", series.totalBytes(), series, Optional.empty(), Optional.empty(), 0, List.of());
    return InStep.of(sent, received, rate);
  }

  @Test
  void aLoadThatWasMetIsLateByItsWakeUpsAtMost() {
    InStep cut = cut(OfferedLoad.Rate.MET, 1, 10L, 8L, 2L, 1L);
    assertEquals(List.of(10L, 10L), cut.series().bytes());
    assertEquals(1, cut.behindBytes());
  }

  @Test
  void whatWaitedOnThePathIsBehindTheStep() {
    InStep cut = cut(OfferedLoad.Rate.HELD_BY_PATH, 1, 10L, 8L, 2L, 1L);
    assertEquals(List.of(10L, 8L), cut.series().bytes());
    assertEquals(3, cut.behindBytes());
  }

  @Test
  void aStepThatBrokeOffIsFilledUp() {
    InStep cut = cut(OfferedLoad.Rate.ENDED_EARLY, 0.5, 10L, 8L);
    assertEquals(List.of(10L, 8L, 0L, 0L), cut.series().bytes());
    assertEquals(0, cut.behindBytes());
  }
}
