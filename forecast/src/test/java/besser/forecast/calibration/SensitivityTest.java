package besser.forecast.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SensitivityTest {
  private static final double NOISE = 0.05;

  @Test
  void twoParametersInOneFigureAreSeenOnlyTogether() {
    Sensitivity sensitivity = new Sensitivity(List.of("a", "b"), new double[][] {{1, 1}}, NOISE);
    assertEquals(1, sensitivity.rank());
    assertEquals(1, sensitivity.unidentified());
    assertEquals(0.5, sensitivity.identified(0), 1e-12);
    assertEquals(0.5, sensitivity.identified(1), 1e-12);
  }

  @Test
  void aFigureOfItsOwnIdentifiesAParameter() {
    Sensitivity sensitivity =
        new Sensitivity(List.of("a", "b"), new double[][] {{1, 1}, {0, 2}}, NOISE);
    assertEquals(2, sensitivity.rank());
    assertEquals(1, sensitivity.identified(0), 1e-12);
    assertEquals(1, sensitivity.identified(1), 1e-12);
  }

  @Test
  void aParameterThatNoFigureNoticesIsNotIdentified() {
    Sensitivity sensitivity =
        new Sensitivity(List.of("a", "b", "c"), new double[][] {{1, 0, 0}, {3, 2, 0}}, NOISE);
    assertEquals(2, sensitivity.rank());
    assertEquals(0, sensitivity.identified(2), 1e-12);
  }

  @Test
  void whatIsWithinTheNoiseIsNoDirectionOfItsOwn() {
    Sensitivity sensitivity =
        new Sensitivity(List.of("a", "b"), new double[][] {{1, 1}, {1.01, 0.99}}, NOISE);
    assertEquals(1, sensitivity.rank());
  }

  @Test
  void rowsMustMatchTheParameters() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Sensitivity(List.of("a"), new double[][] {{1, 2}}, NOISE));
  }
}
