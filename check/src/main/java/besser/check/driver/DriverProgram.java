package besser.check.driver;

import besser.bes2600.driver.Topology;
import besser.bes2600.driver.Variant;
import besser.check.Program;
import besser.check.Trial;
import java.util.ArrayList;
import java.util.List;

/**
 * One variant of the driver in one scenario: {@code direct/both}.
 *
 * @param variant how the driver is built
 * @param scenario what is played
 */
public record DriverProgram(Variant variant, DriverScenario scenario) implements Program {
  /** Every scenario with a variant, in the order in which they are listed. */
  public static List<DriverProgram> of(Variant variant) {
    List<DriverProgram> programs = new ArrayList<>();
    for (DriverScenario scenario : DriverScenario.values()) {
      programs.add(new DriverProgram(variant, scenario));
    }
    return List.copyOf(programs);
  }

  /** Every scenario with each topology alone. */
  public static List<DriverProgram> all() {
    List<DriverProgram> programs = new ArrayList<>();
    for (Topology topology : Topology.values()) programs.addAll(of(Variant.of(topology)));
    return List.copyOf(programs);
  }

  /**
   * The program with a name such as {@code direct+ba-lock/both}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static DriverProgram of(String name) {
    int slash = name.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "a driver program is VARIANT/SCENARIO, such as direct/both, got " + name);
    }
    Variant variant = Variant.of(name.substring(0, slash));
    for (DriverProgram program : of(variant)) {
      if (program.name().equals(variant.id() + name.substring(slash))) return program;
    }
    List<String> known = of(variant).stream().map(p -> p.scenario.id()).toList();
    throw new IllegalArgumentException(
        "scenario must be one of "
            + String.join(", ", known)
            + ", got "
            + name.substring(slash + 1));
  }

  @Override
  public String name() {
    return variant.id() + "/" + scenario.id();
  }

  @Override
  public String summary() {
    return scenario.summary();
  }

  @Override
  public int load() {
    return scenario.load();
  }

  @Override
  public void run(Trial trial) {
    try (DriverMachine machine = new DriverMachine(variant, scenario, trial)) {
      machine.play();
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
