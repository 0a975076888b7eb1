package besser.rig.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ByteSeriesTest {
  @Test
  void addsBytesUpPerHundredMilliseconds() {
    ByteBins bins = new ByteBins();
    bins.add(0, 1);
    bins.add(99_999_999, 2);
    bins.add(100_000_000, 4);
    bins.add(20_000_000_000L, 8);
    ByteSeries series = bins.series();
    assertEquals(List.of(3L, 4L), series.bytes().subList(0, 2));
    assertEquals(201, series.bytes().size());
    assertEquals(15, series.totalBytes());
  }

  @Test
  void whatWasNotReachedCountsAsEmpty() {
    ByteSeries series = new ByteSeries(0.1, List.of(5L, 5L, 5L));
    assertEquals(List.of(5L, 5L), series.first(0.2).bytes());
    assertEquals(List.of(5L, 5L, 5L, 0L), series.first(0.4).bytes());
  }

  @Test
  void coarserIntervalsKeepEveryByte() {
    ByteSeries series = new ByteSeries(0.5, List.of(1L, 2L, 3L)).coarser(2);
    assertEquals(List.of(3L, 3L), series.bytes());
    assertEquals(List.of(3.0, 3.0), series.bytesPerSecond());
  }

  @Test
  void variationIsTheSampleStandardDeviationOverTheMean() {
    assertEquals(0, new ByteSeries(0.1, List.of(7L, 7L, 7L)).coefficientOfVariation());
    assertEquals(
        Math.sqrt(2) / 3, new ByteSeries(0.1, List.of(2L, 4L)).coefficientOfVariation(), 1e-12);
    assertTrue(Double.isNaN(new ByteSeries(0.1, List.of(2L)).coefficientOfVariation()));
  }

  @Test
  void aCountLookedAtNowAndThenIsAStraightLineBetween() {
    CountedOverTime count = new CountedOverTime(10);
    count.add(9.5, 0);
    count.add(10.5, 100);
    count.add(11.5, 300);
    count.add(11.4, 250);
    count.add(12.0, 300);
    assertEquals(List.of(200L, 100L), count.perSecond().bytes());
  }
}
