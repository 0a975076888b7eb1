package besser.forecast.calibration;

import besser.forecast.profile.Parameter;
import besser.forecast.profile.Profile;
import besser.forecast.profile.ProfileReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Holds a profile against the baseline and measures which of its parameters the baseline can
 * identify. Runs the driver as shipped, and nothing else.
 *
 * <p>{@code java ... besser.forecast.calibration.Calibration PROFILE [SECONDS [SEEDS]]}
 */
public final class Calibration {
  /** The parameters that the figures could be expected to depend on. */
  public static final List<String> CANDIDATES =
      List.of(
          "air.loss.good",
          "air.loss.ppdu",
          "air.others.load",
          "air.others.burst",
          "card.rx_frame",
          "card.announce",
          "card.confirm_delay",
          "mmc.command_overhead",
          "memory.zero",
          "background.work_items",
          "background.desktop_wakeups",
          "costs.try_to_wake_up",
          "costs.ttwu_do_activate",
          "costs.__schedule",
          "costs.dw_mci_interrupt",
          "costs.bes2600_dump_power_busy_event");

  // Large enough to stand out of the noise of short runs, small enough to stay near the fit.
  private static final double STEP = 0.2;
  private static final double NOISE = 0.3;

  private Calibration() {}

  /** Elasticities of the four figures, by one run up and one down for each parameter. */
  public static Sensitivity sensitivity(
      Profile profile, List<String> parameters, double seconds, List<Long> seeds) {
    double[][] rows = new double[Figures.COUNT][parameters.size()];
    for (int column = 0; column < parameters.size(); column++) {
      Parameter parameter = profile.parameter(parameters.get(column));
      double down = Math.max(parameter.low(), parameter.value() * (1 - STEP));
      double up = Math.min(parameter.high(), parameter.value() * (1 + STEP));
      Figures less = Baseline.measure(profile.with(parameter.name(), down), seconds, seeds);
      Figures more = Baseline.measure(profile.with(parameter.name(), up), seconds, seeds);
      double change = Math.log(up / down);
      for (int figure = 0; figure < Figures.COUNT; figure++) {
        rows[figure][column] = Math.log(more.get(figure) / less.get(figure)) / change;
      }
    }
    return new Sensitivity(parameters, rows, NOISE);
  }

  /** Prints residuals, elasticities and what is not identified. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0) {
      throw new IllegalArgumentException("usage: Calibration PROFILE [SECONDS [SEEDS]]");
    }
    Profile profile = ProfileReader.read(Path.of(arguments[0]));
    double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 60;
    int count = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    List<Long> seeds = new ArrayList<>();
    for (long seed = 1; seed <= count; seed++) seeds.add(seed);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    printResiduals(out, Baseline.measure(profile, seconds, seeds));
    print(out, sensitivity(profile, CANDIDATES, seconds, seeds));
  }

  private static void printResiduals(PrintStream out, Figures figures) {
    for (int figure = 0; figure < Figures.COUNT; figure++) {
      out.printf(
          Locale.ROOT,
          "%-28s %12.3f, found %12.3f, residual %+5.1f %%, %s%n",
          Figures.name(figure),
          figures.get(figure),
          Baseline.FOUND.get(figure),
          100 * Baseline.residual(figures, figure),
          Baseline.reproduces(figures, figure) ? "reproduced" : "not reproduced");
    }
  }

  private static void print(PrintStream out, Sensitivity sensitivity) {
    out.printf(
        Locale.ROOT,
        "%n%-36s %8s %8s %8s %8s %10s%n",
        "elasticity of",
        "goodput",
        "unlock",
        "works",
        "commands",
        "identified");
    for (int column = 0; column < sensitivity.parameters().size(); column++) {
      out.printf(
          Locale.ROOT,
          "%-36s %8.2f %8.2f %8.2f %8.2f %10.2f%n",
          sensitivity.parameters().get(column),
          sensitivity.elasticity(0, column),
          sensitivity.elasticity(1, column),
          sensitivity.elasticity(2, column),
          sensitivity.elasticity(3, column),
          sensitivity.identified(column));
    }
    out.printf(
        Locale.ROOT,
        "%nthe figures fix %d combinations of these %d parameters; %d are free%n",
        sensitivity.rank(),
        sensitivity.parameters().size(),
        sensitivity.unidentified());
  }
}
