package besser.kernel.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RandomStreamTest {
  @Test
  void givesTheSameNumbersForTheSameSeedAndName() {
    RandomStream a = new RandomStream(42, "air");
    RandomStream b = new RandomStream(42, "air");
    for (int i = 0; i < 100; i++) assertEquals(a.nextLong(), b.nextLong());
  }

  @Test
  void givesOtherNumbersForAnotherName() {
    assertNotEquals(
        new RandomStream(42, "air").nextLong(), new RandomStream(42, "card").nextLong());
  }

  @Test
  void spreadsBoundedNumbersEvenly() {
    RandomStream random = new RandomStream(1, "bounded");
    int[] counts = new int[10];
    for (int i = 0; i < 100_000; i++) counts[random.nextInt(10)]++;
    // Each count is binomial with standard deviation 95; six of them bound a false alarm to 1e-8.
    for (int count : counts) assertTrue(Math.abs(count - 10_000) < 570, () -> "count " + count);
  }

  @Test
  void hasTheMeanThatEachDistributionPromises() {
    assertEquals(5.0, Distribution.fixed(5).mean());
    assertEquals(1500.0, Distribution.uniform(1000, 2000).mean(), 1);
    // The mean of a log-normal is median * exp(sigma^2 / 2); cut tails lose a little of it.
    assertEquals(1_000_000 * Math.exp(0.125), Distribution.lognormal(1_000_000, 0.5).mean(), 2_000);
    assertEquals(1_000_000, Distribution.exponential(1_000_000).mean(), 2_000);
  }

  @Test
  void samplesFromTheTable() {
    RandomStream random = new RandomStream(3, "lognormal");
    Distribution distribution = Distribution.lognormal(1_000, 0.25);
    double sum = 0;
    for (int i = 0; i < 200_000; i++) sum += distribution.sample(random);
    assertEquals(distribution.mean(), sum / 200_000, 5);
  }

  @Test
  void refusesADistributionThatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> Distribution.fixed(-1));
    assertThrows(IllegalArgumentException.class, () -> Distribution.uniform(2, 1));
    assertThrows(IllegalArgumentException.class, () -> Distribution.lognormal(1, 4));
  }

  @Test
  void agreesWithPublishedNormalQuantiles() {
    // Abramowitz and Stegun, table 26.1 read backwards.
    assertEquals(1.959963985, NormalQuantile.of(0.975), 1e-8);
    assertEquals(-2.326347874, NormalQuantile.of(0.01), 1e-8);
    assertEquals(0.0, NormalQuantile.of(0.5), 1e-12);
  }
}
