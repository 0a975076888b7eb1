package besser.cli;

import besser.bes2600.driver.FollowOn;
import besser.bes2600.driver.Hardening;
import besser.bes2600.driver.Topology;
import besser.bes2600.driver.Variant;
import besser.experiment.json.Json;
import besser.report.text.TextTable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code besser variants}: what the simulated driver can be built as. */
@Command(
    name = "variants",
    mixinStandardHelpOptions = true,
    description = {
      "Lists what the simulated driver can be built as, for --arms, --variant and `besser ops`:"
          + " one",
      "receive topology, with any follow-ons behind it, each after a plus sign."
    },
    footer = {
      "",
      "Examples:",
      "  besser ops relay direct direct+list-delivery --frames 8",
      "  besser run patch-c --arms relay,direct,bottom-half,direct+ba-lock+skip-ps-lock"
    })
final class VariantsCommand implements Callable<Integer> {
  /** One name and what it stands for, as {@code --json} prints it. */
  private record Named(String name, String summary) {}

  private record Listing(List<Named> topologies, List<Named> followOns, List<Named> hardenings) {}

  /** Every variant, for completion. */
  static final class Candidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Variant.all().stream().map(Variant::id).iterator();
    }
  }

  @Option(names = "--json", description = "print JSON instead of text")
  private boolean json;

  @Override
  public Integer call() {
    Listing listing =
        new Listing(
            Arrays.stream(Topology.values()).map(t -> new Named(t.id(), t.summary())).toList(),
            Arrays.stream(FollowOn.values()).map(f -> new Named(f.id(), f.summary())).toList(),
            Arrays.stream(Hardening.values()).map(h -> new Named(h.id(), h.summary())).toList());
    Terminal terminal = new Terminal();
    if (json) {
      terminal.print(Json.page(listing).stripTrailing());
      return ExitStatus.DONE;
    }
    TextTable table = new TextTable(TextTable.Align.LEFT, TextTable.Align.LEFT);
    for (Named topology : listing.topologies()) table.row(topology.name(), topology.summary());
    for (Named followOn : listing.followOns()) {
      table.row("  +" + followOn.name(), followOn.summary());
    }
    terminal.print(table.lines());
    terminal.print("");
    terminal.print("what direct-hardened adds to direct; +no-NAME leaves one out:");
    TextTable hardenings = new TextTable(TextTable.Align.LEFT, TextTable.Align.LEFT);
    for (Named hardening : listing.hardenings()) {
      hardenings.row("  " + hardening.name(), hardening.summary());
    }
    terminal.print(hardenings.lines());
    return ExitStatus.DONE;
  }
}
