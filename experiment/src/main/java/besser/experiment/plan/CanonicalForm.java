package besser.experiment.plan;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Writes YAML nodes as JSON with sorted keys and every scalar as a string. */
final class CanonicalForm {
  private CanonicalForm() {}

  /** The canonical form of each part of a plan that the verdict rests on. */
  static SortedMap<String, String> ofJudgedParts(MappingNode plan) {
    SortedMap<String, String> parts = new TreeMap<>();
    for (Map.Entry<String, Node> entry : sorted(plan).entrySet()) {
      switch (entry.getKey()) {
        case "goal", "protocol", "device", "confidence-words" ->
            parts.put(entry.getKey(), of(entry.getValue()));
        case "metrics" -> putEach(parts, "metric/", entry.getValue());
        case "predictions" -> putEach(parts, "prediction/", entry.getValue());
        default -> {
          // Everything else explains; it is covered by the hash of the whole file.
        }
      }
    }
    return parts;
  }

  private static void putEach(SortedMap<String, String> parts, String prefix, Node list) {
    if (list instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        if (item instanceof MappingNode mapping
            && sorted(mapping).get("id") instanceof ScalarNode id) {
          parts.put(prefix + id.getValue(), of(item));
        }
      }
    }
  }

  static String of(Node node) {
    return switch (node) {
      case ScalarNode scalar -> quote(scalar.getValue());
      case SequenceNode sequence ->
          sequence.getValue().stream()
              .map(CanonicalForm::of)
              .collect(Collectors.joining(",", "[", "]"));
      case MappingNode mapping ->
          sorted(mapping).entrySet().stream()
              .map(entry -> quote(entry.getKey()) + ":" + of(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case AnchorNode anchor -> of(anchor.getRealNode());
      default -> throw new IllegalStateException("unknown node " + node.getNodeType());
    };
  }

  private static SortedMap<String, Node> sorted(MappingNode mapping) {
    SortedMap<String, Node> values = new TreeMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        values.put(key.getValue(), tuple.getValueNode());
      }
    }
    return values;
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
