package besser.cli;

import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.Plan;
import besser.experiment.plan.PlanReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code besser plan}: the plan file itself. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Checks a plan file, or prints the schema that plan files follow.")
final class PlanCommand {
  private final Terminal terminal = new Terminal();

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Reads a plan and says everything that is wrong with it, each with file, line and column.",
        "Prints a summary when nothing is."
      })
  int check(@Parameters(paramLabel = "PLAN", description = "name or .yaml file") String name) {
    LoadedPlan loaded = PlanReader.read(Names.plan(name));
    Plan plan = loaded.plan();
    terminal.print(
        "%s: a plan of %d metrics, %d predictions, %d risks, %d gates; %d + %d repetitions of %d steps"
            .formatted(
                loaded.fileName(),
                plan.metrics().size(),
                plan.predictions().size(),
                plan.risks().size(),
                plan.gates().size(),
                plan.protocol().repetitions(),
                plan.protocol().repetitions(),
                plan.protocol().ramp().size()));
    return ExitStatus.DONE;
  }

  @Command(
      name = "schema",
      mixinStandardHelpOptions = true,
      description = "Prints the JSON Schema of plan files, for editors that complete and check.")
  int schema() {
    String resource = "plan.schema.json";
    try (InputStream schema = Plan.class.getResourceAsStream("/besser/experiment/" + resource)) {
      if (schema == null) throw new IllegalStateException(resource + " is not in the archive");
      terminal.print(new String(schema.readAllBytes(), StandardCharsets.UTF_8).stripTrailing());
      return ExitStatus.DONE;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
