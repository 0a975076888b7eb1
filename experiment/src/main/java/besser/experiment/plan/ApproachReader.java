package besser.experiment.plan;

import java.util.List;
import java.util.Optional;

/** Reads the {@code approach} mapping of a plan. */
final class ApproachReader {
  private ApproachReader() {}

  static Optional<Approach> read(YamlMap map) {
    String chosen = map.text("chosen");
    List<Approach.Option> options = map.maps("options", ApproachReader::option);
    List<Approach.Comparison> comparison = map.maps("comparison", ApproachReader::row);
    List<String> reasons = map.texts("reasons");
    return map.build(() -> new Approach(chosen, options, comparison, reasons));
  }

  private static Optional<Approach.Option> option(YamlMap map) {
    String id = map.text("id");
    String name = map.text("name");
    String variant = map.text("variant");
    return map.build(() -> new Approach.Option(id, name, variant));
  }

  private static Optional<Approach.Comparison> row(YamlMap map) {
    String aspect = map.text("aspect");
    List<String> cells = map.texts("cells");
    return map.build(() -> new Approach.Comparison(aspect, cells));
  }
}
