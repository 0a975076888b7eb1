package besser.cli;

import besser.bes2600.driver.Variant;
import besser.report.text.TextTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code besser variants}: what the simulated driver can be built as. */
@Command(
    name = "variants",
    mixinStandardHelpOptions = true,
    description =
        "Lists the receive topologies of the simulated driver, for --arms and `besser ops`.")
final class VariantsCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    TextTable table = new TextTable(TextTable.Align.LEFT, TextTable.Align.LEFT);
    for (Variant variant : Variant.all()) table.row(variant.id(), variant.summary());
    new Terminal().print(table.lines());
    return ExitStatus.DONE;
  }
}
