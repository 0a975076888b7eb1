package besser.check.standard;

import besser.check.Program;
import besser.check.canary.Canaries;
import besser.check.driver.DriverProgram;
import java.util.ArrayList;
import java.util.List;

/** All that can be checked, by name. */
public final class Programs {
  private Programs() {}

  /** Little programs with a planted defect, and their mended twins. */
  public static List<Program> canaries() {
    List<Program> programs = new ArrayList<>();
    Canaries.all().forEach(canary -> programs.addAll(List.of(canary.program(), canary.twin())));
    return List.copyOf(programs);
  }

  /**
   * The program of that name: {@code lost-update}, or a variant and a scenario, {@code
   * direct/both}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Program named(String name) {
    if (name.indexOf('/') >= 0) return DriverProgram.of(name);
    return canaries().stream()
        .filter(program -> program.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no program "
                        + name
                        + "; besser check --list names them, and VARIANT/SCENARIO is one too"));
  }
}
