package besser.forecast.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.forecast.profile.Profile;
import besser.forecast.profile.ProfileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineTest {
  @Test
  void boundsAndResidualsAreThoseOfThePlan() {
    Figures off = new Figures(663_000 * 1.1, 0.24, 5_643, 13 * 0.79);
    assertEquals(0.1, Baseline.residual(off, 0), 1e-9);
    assertTrue(Baseline.reproduces(off, 0));
    assertFalse(Baseline.reproduces(off, 1));
    assertTrue(Baseline.reproduces(off, 2));
    assertFalse(Baseline.reproduces(off, 3));
  }

  @Test
  void thePineTab2ReproducesTheBaseline() throws IOException {
    Profile profile = ProfileReader.read(Path.of("../profiles/pinetab2.yaml"));
    Figures figures = Baseline.measure(profile, 20, List.of(1L, 2L, 3L));
    for (int figure = 0; figure < Figures.COUNT; figure++) {
      assertTrue(Baseline.reproduces(figures, figure), Figures.name(figure) + " of " + figures);
    }
  }
}
