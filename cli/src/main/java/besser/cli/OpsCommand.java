package besser.cli;

import besser.bes2600.driver.Variant;
import besser.bes2600.ops.OpsReport;
import besser.bes2600.ops.OpsText;
import besser.experiment.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code besser ops}: what one batch costs, counted. */
@Command(
    name = "ops",
    mixinStandardHelpOptions = true,
    description = {
      "Receives one batch of frames on a still machine (one CPU, no cost, run to block) and counts",
      "what the simulated driver does: locks by kind, wake-ups, queueings, transfers, allocations,",
      "per batch and per frame, variants side by side."
    },
    footer = {
      "",
      "Examples:",
      "  besser ops relay direct --frames 8",
      "  besser ops direct direct+list-delivery bottom-half --outstanding 1",
      "  besser ops relay --frames 3 --order       the events of the batch, in their order"
    })
final class OpsCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "VARIANT",
      completionCandidates = VariantsCommand.Candidates.class,
      description = "variants of the driver; `besser variants` lists them")
  private List<String> variants = List.of();

  @Option(
      names = "--frames",
      defaultValue = "8",
      paramLabel = "N",
      description = "frames in the one transfer, 1 to 16 (default: ${DEFAULT-VALUE})")
  private int frames;

  @Option(
      names = "--outstanding",
      defaultValue = "0",
      paramLabel = "K",
      description = "frames sent before and not yet confirmed (default: ${DEFAULT-VALUE})")
  private int outstanding;

  @Option(names = "--order", description = "list the events instead of the figures")
  private boolean order;

  @Option(names = "--json", description = "print JSON instead of text")
  private boolean json;

  private final Terminal terminal = new Terminal();

  @Override
  public Integer call() {
    OpsReport report = report();
    if (json) {
      terminal.print(Json.page(report).stripTrailing());
    } else {
      String text = order ? OpsText.order(report) : OpsText.figures(report);
      terminal.print(text.stripTrailing());
    }
    return ExitStatus.DONE;
  }

  private OpsReport report() {
    try {
      List<Variant> named = new ArrayList<>();
      for (String variant : variants) named.add(Variant.of(variant));
      return OpsReport.of(named, frames, outstanding);
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }
}
