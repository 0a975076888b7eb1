package besser.experiment.plan;

import besser.trace.NearestNames;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Collects what is wrong with a plan file, and the names it declares and refers to. */
final class Problems {
  /** Things that a plan names in one place and refers to in another. */
  enum Kind {
    METRIC,
    STEP,
    GATE,
    PREDICTION,
    CRITERION,
    RISK
  }

  private record Reference(Kind kind, String name, Node node) {}

  private final String file;
  private final List<PlanProblem> found = new ArrayList<>();
  private final Map<Kind, Set<String>> declared = new EnumMap<>(Kind.class);
  private final List<Reference> references = new ArrayList<>();

  Problems(String file) {
    this.file = file;
    for (Kind kind : Kind.values()) {
      declared.put(kind, new LinkedHashSet<>());
    }
  }

  int count() {
    return found.size();
  }

  void add(Node node, String expected, String foundThere) {
    int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    int column = node.getStartMark().map(Mark::getColumn).orElse(0) + 1;
    add(line, column, expected, foundThere);
  }

  void add(int line, int column, String expected, String foundThere) {
    found.add(new PlanProblem(file, line, column, expected, foundThere));
  }

  void declare(Kind kind, String name, Node node) {
    if (!names(kind).add(name)) {
      add(node, "a " + Words.kebab(kind.name()) + " name of its own", "a second '" + name + "'");
    }
  }

  void refer(Kind kind, String name, Node node) {
    references.add(new Reference(kind, name, node));
  }

  private Set<String> names(Kind kind) {
    return declared.computeIfAbsent(kind, ignored -> new LinkedHashSet<>());
  }

  void resolveReferences() {
    for (Reference reference : references) {
      Set<String> names = names(reference.kind());
      if (!names.contains(reference.name())) {
        String what = "the name of a " + Words.kebab(reference.kind().name());
        add(
            reference.node(),
            what + " of this plan (" + String.join(", ", names) + ")",
            quoted(reference.name()) + meant(reference.name(), names));
      }
    }
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new PlanRejected(found);
    }
  }

  static String meant(String typed, Set<String> names) {
    return NearestNames.meant(typed, names)
        .map(name -> " (did you mean '" + name + "'?)")
        .orElse("");
  }

  static String quoted(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    return "'" + (line.length() > 60 ? line.substring(0, 60) + "..." : line) + "'";
  }

  static String describe(Node node) {
    return switch (node.getNodeType()) {
      case SCALAR -> quoted(((ScalarNode) node).getValue());
      case SEQUENCE -> "a list";
      case MAPPING -> "a mapping";
      case ANCHOR -> "an alias";
    };
  }

  static boolean isScalar(Node node) {
    return node.getNodeType() == NodeType.SCALAR;
  }
}
