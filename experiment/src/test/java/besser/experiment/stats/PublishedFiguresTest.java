package besser.experiment.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule against figures that were published or worked out by hand. */
class PublishedFiguresTest {
  /** Student (1908), Biometrika 6: hours of sleep gained by ten patients with two drugs. */
  private static final LogSample FIRST_DRUG =
      logs(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0);

  private static final LogSample SECOND_DRUG =
      logs(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4);

  private static LogSample logs(double... logarithms) {
    return LogSample.of(Arrays.stream(logarithms).map(Math::exp).boxed().toList(), 1e-9);
  }

  @Test
  void welchAgreesWithStudentsSleepData() {
    // R's documentation of t.test(extra ~ group, data = sleep): t = -1.8608, df = 17.776, p 0.07939
    Estimate difference = ArmComparison.welch(FIRST_DRUG, SECOND_DRUG);
    assertEquals(1.8608, difference.value() / difference.standardError(), 5e-5);
    assertEquals(17.776, difference.degreesOfFreedom(), 5e-4);
    assertEquals(0.07939, difference.pEqual(0), 5e-6);
    assertEquals(-0.2054832, difference.interval(0.95).low(), 5e-6);
    assertEquals(3.3654832, difference.interval(0.95).high(), 5e-6);
  }

  @Test
  void pairedAgreesWithStudentsSleepData() {
    // Student's own example; R gives t = 4.0621, df = 9, p = 0.002833, interval 0.7001 to 2.4599
    Estimate difference = ArmComparison.paired(FIRST_DRUG, SECOND_DRUG);
    assertEquals(1.58, difference.value(), 1e-9);
    assertEquals(4.0621, difference.value() / difference.standardError(), 5e-5);
    assertEquals(0.002833, difference.pEqual(0), 5e-7);
    assertEquals(0.7001142, difference.interval(0.95).low(), 5e-6);
    assertEquals(2.4598858, difference.interval(0.95).high(), 5e-6);
  }

  @Test
  void welchAgreesWithAHandComputation() {
    // variances 1 and 4: 1/3 + 4/3 = 5/3; degrees (5/3)^2 / ((1/3)^2/2 + (4/3)^2/2) = 50/17
    Estimate difference = ArmComparison.welch(logs(1, 2, 3), logs(4, 6, 8));
    assertEquals(4, difference.value(), 1e-12);
    assertEquals(Math.sqrt(5.0 / 3), difference.standardError(), 1e-12);
    assertEquals(50.0 / 17, difference.degreesOfFreedom(), 1e-12);
  }

  @Test
  void anIntervalInsideTheRegionIsASmallPInside() {
    // tables of t: 4.604 leaves 0.5 % above it at 4 degrees of freedom
    Estimate none = new Estimate(0, Math.log(1.05) / 4.604, 4);
    assertEquals(0.01, none.pInside(-Math.log(1.05), Math.log(1.05)), 2e-6);
    assertEquals(1, none.pOutside(-Math.log(1.05), Math.log(1.05)));
    Estimate far = new Estimate(3 * 2.776, 3, 4);
    assertEquals(0.05, far.pOutside(Double.NEGATIVE_INFINITY, 0), 5e-5);
    assertEquals(0.05, far.pInside(0, Double.POSITIVE_INFINITY), 5e-5);
    assertEquals(1, far.pInside(Double.NEGATIVE_INFINITY, 0));
  }

  @Test
  void pInsideIsOneMinusTheLevelOfTheWidestIntervalInside() {
    Estimate estimate = new Estimate(0.3, 0.1, 5);
    double p = estimate.pInside(0.1, 0.9);
    assertEquals(0.1, estimate.interval(1 - p).low(), 1e-9);
    double q = estimate.pOutside(0.4, 0.9);
    assertEquals(0.4, estimate.interval(1 - q).high(), 1e-9);
  }

  @Test
  void spreadsAreComparedWithTheFDistribution() {
    // tables of F: 39.00 leaves 2.5 % above it at 2 and 2 degrees of freedom
    assertEquals(0.05, new SpreadComparison(1 / 39.0, 2, 2).pSmaller(), 1e-9);
    assertEquals(0.05, new SpreadComparison(39.0, 2, 2).pLarger(), 1e-9);
    assertEquals(Math.sqrt(39), new SpreadComparison(1, 2, 2).detectableRatio(0.05), 1e-6);
    Estimate.Bounds bounds = new SpreadComparison(4, 2, 2).interval(0.95);
    assertEquals(2 / Math.sqrt(39), bounds.low(), 1e-6);
    assertEquals(2 * Math.sqrt(39), bounds.high(), 1e-6);
  }

  @Test
  void holmStepsDown() {
    // by hand: 4 x 0.005, 3 x 0.01, then 2 x 0.03 which also holds for 0.04
    assertArrayEquals(
        new double[] {0.03, 0.06, 0.06, 0.02},
        MultipleTests.holm(new double[] {0.01, 0.04, 0.03, 0.005}),
        1e-12);
  }

  @Test
  void benjaminiHochbergRejectsFourOfTheirFifteen() {
    // Benjamini and Hochberg (1995), section 3.3: four at 5 %, where Bonferroni rejects three
    double[] p = {
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
      0.5719, 0.6528, 0.7590, 1.0000
    };
    assertEquals(4, below(MultipleTests.benjaminiHochberg(p)));
    assertEquals(3, below(MultipleTests.holm(p)));
    assertEquals(0.0095 * 15 / 4, MultipleTests.benjaminiHochberg(p)[3], 1e-12);
  }

  private static long below(double[] adjusted) {
    return Arrays.stream(adjusted).filter(p -> p <= 0.05).count();
  }

  @Test
  void powerAgreesWithCohen() {
    // Cohen (1988), table 2.3: 64 runs in each group see half a standard deviation with 80 %
    assertEquals(0.80, Power.ofTwoGroups(64, 64, 0.5, 0.05), 0.005);
    assertEquals(0.05, Power.ofTwoGroups(5, 9, 0, 0.05), 1e-9);
    // and 27 in one group see half a standard deviation with 71 % (t of 0.5 sqrt 27, 26 degrees)
    assertEquals(0.71, Power.ofOneGroup(27, 0.5, 0.05), 0.005);
  }

  @Test
  void threeAndThreeRunsSeeThreeStandardDeviationsAndNoRankTestSeesAnything() {
    double seen = Power.detectableDifference(3, 3, 0.05, 0.8).orElseThrow();
    assertEquals(3.07, seen, 0.01);
    assertEquals(0.1, Power.smallestRankP(3, 3), 1e-12);
    assertEquals(2.0 / 70, Power.smallestRankP(4, 4), 1e-12);
    assertTrue(Power.detectableDifference(1, 1, 0.05, 0.8).isEmpty());
  }

  @Test
  void threeSuccessesOfThreeShowLittle() {
    assertEquals(Math.cbrt(0.05), Proportion.lowerBound(3, 3, 0.95), 1e-9);
    assertEquals(0, Proportion.lowerBound(0, 3, 0.95));
  }

  @Test
  void silenceBoundsARateByTheRuleOfThree() {
    assertEquals(3.0 / 1800, Proportion.upperRateAfterNone(1800), 1e-5);
  }

  @Test
  void equalFiguresAreAsExactAsTheInstrument() {
    LogSample equal = LogSample.of(List.of(700.0, 700.0, 700.0), 1);
    assertTrue(equal.limitedByResolution());
    assertEquals(1 / Math.sqrt(12) / 700, equal.standardDeviation(), 1e-12);
    LogSample spread = LogSample.of(List.of(600.0, 700.0, 800.0), 1);
    assertFalse(spread.limitedByResolution());
  }

  @Test
  void zeroIsRaisedToTheFloor() {
    LogSample sample = LogSample.of(List.of(0.0, 2.0), 0.5);
    assertTrue(sample.raised());
    assertEquals((Math.log(0.5) + Math.log(2)) / 2, sample.mean(), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> LogSample.of(List.of(-1.0), 0.5));
  }
}
