package besser.forecast.profile;

import besser.bes2600.environment.FaultKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the {@code faults} of a profile. */
final class FaultReader {
  private final ProfileReader reader;

  FaultReader(ProfileReader reader) {
    this.reader = reader;
  }

  List<FaultEntry> faults(@Nullable Node node) {
    List<FaultEntry> faults = new ArrayList<>();
    if (node == null) return faults;
    if (!(node instanceof SequenceNode sequence)) {
      reader.problem(node, "a list of faults", ProfileReader.describe(node));
      return faults;
    }
    for (Node item : sequence.getValue()) fault(item).ifPresent(faults::add);
    return faults;
  }

  private Optional<FaultEntry> fault(Node node) {
    Map<String, Node> entries = reader.entries(node, "a fault");
    reader.rejectUnknown(
        entries,
        List.of("fault", "from_s", "until_s", "probability", "count", "repetition", "source"));
    String site = reader.text(entries, "fault", node);
    Optional<FaultKind> kind =
        Arrays.stream(FaultKind.values()).filter(k -> k.site().equals(site)).findFirst();
    if (kind.isEmpty()) {
      List<String> sites = Arrays.stream(FaultKind.values()).map(FaultKind::site).toList();
      reader.problem(entries.getOrDefault("fault", node), "one of " + sites, site);
    }
    double from = orElse(entries, "from_s", node, 0);
    double until = orElse(entries, "until_s", node, Double.MAX_VALUE);
    double probability = orElse(entries, "probability", node, 1);
    double count = orElse(entries, "count", node, Long.MAX_VALUE);
    Optional<Integer> repetition =
        entries.containsKey("repetition")
            ? Optional.of((int) reader.number(entries, "repetition", node))
            : Optional.empty();
    try {
      return kind.map(k -> new FaultEntry(k, from, until, probability, (long) count, repetition));
    } catch (IllegalArgumentException e) {
      reader.problem(node, "a possible fault", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private double orElse(Map<String, Node> entries, String key, Node node, double absent) {
    return entries.containsKey(key) ? reader.number(entries, key, node) : absent;
  }
}
