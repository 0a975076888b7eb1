package besser.forecast.profile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads profiles from YAML and finds everything wrong in one pass.
 *
 * <p>The file has {@code profile} (its name), {@code about}, {@code parameters} (sections of any
 * depth whose leaves have {@code value}, {@code range} or {@code choices}, {@code unit}, {@code
 * source}, and may have {@code spread} and {@code note}) and may have {@code faults}.
 */
public final class ProfileReader {
  private final String file;
  private final List<ProfileProblem> problems = new ArrayList<>();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Node> places = new LinkedHashMap<>();

  private ProfileReader(String file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws ProfileRejected when anything is wrong with it
   * @throws IOException when it cannot be read
   */
  public static Profile read(Path path) throws IOException {
    return read(path.toString(), Files.readString(path));
  }

  /**
   * Reads a text.
   *
   * @param file what messages call it
   * @throws ProfileRejected when anything is wrong with it
   */
  public static Profile read(String file, String text) {
    return new ProfileReader(file).profile(text);
  }

  private Profile profile(String text) {
    Node root = compose(text);
    Map<String, Node> top = entries(root, "a mapping with profile, about and parameters");
    String name = text(top, "profile", root);
    String about = text(top, "about", root);
    if (top.containsKey("parameters")) section("", top.get("parameters"));
    else problem(root, "parameters", "none");
    List<FaultEntry> faults = new FaultReader(this).faults(top.get("faults"));
    rejectUnknown(top, List.of("profile", "about", "parameters", "faults"));
    checkAgainstSchema(root);
    if (!problems.isEmpty()) {
      problems.sort(
          Comparator.comparingInt(ProfileProblem::line).thenComparingInt(ProfileProblem::column));
      throw new ProfileRejected(problems);
    }
    return new Profile(name, about, sha256(text), parameters.values(), faults);
  }

  private Node compose(String text) {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(file).build();
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isPresent()) return root.get();
      problems.add(new ProfileProblem(file, 1, 1, "a profile", "an empty file"));
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark();
      int line = mark.map(Mark::getLine).orElse(0) + 1;
      int column = mark.map(Mark::getColumn).orElse(0) + 1;
      problems.add(new ProfileProblem(file, line, column, "YAML", String.valueOf(e.getProblem())));
    }
    throw new ProfileRejected(problems);
  }

  private void section(String prefix, Node node) {
    Map<String, Node> entries = entries(node, "a section or a parameter");
    if (entries.containsKey("value")) {
      parameter(prefix, node, entries);
      return;
    }
    for (Map.Entry<String, Node> entry : entries.entrySet()) {
      section(prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey(), entry.getValue());
    }
  }

  private void parameter(String name, Node node, Map<String, Node> entries) {
    int before = problems.size();
    places.put(name, node);
    boolean isChoice = entries.containsKey("choices");
    String source = text(entries, "source", node);
    Optional<String> note =
        entries.containsKey("note") ? Optional.of(text(entries, "note", node)) : Optional.empty();
    String unit = isChoice ? "" : text(entries, "unit", node);
    double spread = entries.containsKey("spread") ? number(entries, "spread", node) : 0;
    rejectUnknown(
        entries, List.of("value", "range", "choices", "unit", "source", "spread", "note"));
    if (isChoice) {
      List<String> choices = texts(entries.getOrDefault("choices", node));
      String word = text(entries, "value", node);
      if (!choices.contains(word))
        problem(entries.getOrDefault("value", node), "one of " + choices, word);
      add(before, name, 0, 0, 0, unit, spread, Optional.of(word), choices, source, note);
    } else {
      double value = number(entries, "value", node);
      double[] range = range(entries, node);
      if (!(range[0] <= value && value <= range[1])) {
        problem(
            entries.getOrDefault("value", node),
            "a value in " + range[0] + ".." + range[1],
            "" + value);
      }
      add(
          before,
          name,
          value,
          range[0],
          range[1],
          unit,
          spread,
          Optional.empty(),
          List.of(),
          source,
          note);
    }
  }

  private void add(
      int problemsBefore,
      String name,
      double value,
      double low,
      double high,
      String unit,
      double spread,
      Optional<String> choice,
      List<String> choices,
      String source,
      Optional<String> note) {
    if (problems.size() > problemsBefore) return;
    parameters.put(
        name, new Parameter(name, value, low, high, unit, spread, choice, choices, source, note));
  }

  private double[] range(Map<String, Node> entries, Node node) {
    if (!(entries.get("range") instanceof SequenceNode sequence)
        || sequence.getValue().size() != 2) {
      problem(entries.getOrDefault("range", node), "range: [low, high]", "none");
      return new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
    }
    double low = number(sequence.getValue().get(0));
    double high = number(sequence.getValue().get(1));
    if (low > high) problem(sequence, "low <= high", low + " > " + high);
    return new double[] {low, high};
  }

  private void checkAgainstSchema(Node root) {
    for (Map.Entry<String, String> known : ProfileSchema.units().entrySet()) {
      Node place = places.get(known.getKey());
      Parameter parameter = parameters.get(known.getKey());
      if (place == null) {
        problem(root, "a parameter " + known.getKey(), "none");
      } else if (parameter != null && !parameter.unit().equals(known.getValue())) {
        problem(place, "unit " + known.getValue(), "unit " + parameter.unit());
      }
    }
    for (Map.Entry<String, Node> place : places.entrySet()) {
      if (!ProfileSchema.knows(place.getKey())) {
        problem(place.getValue(), "a known parameter", place.getKey());
      }
    }
  }

  Map<String, Node> entries(Node node, String expected) {
    Map<String, Node> entries = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      problem(node, expected, describe(node));
      return entries;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (entries.put(key, tuple.getValueNode()) != null) {
        problem(tuple.getKeyNode(), "each key once", "a second " + key);
      }
    }
    return entries;
  }

  String text(Map<String, Node> entries, String key, Node place) {
    if (entries.get(key) instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    problem(entries.getOrDefault(key, place), key + ": a text", "none");
    return "";
  }

  double number(Map<String, Node> entries, String key, Node place) {
    Node node = entries.get(key);
    if (node != null) return number(node);
    problem(place, key + ": a number", "none");
    return 0;
  }

  private double number(Node node) {
    if (node instanceof ScalarNode scalar) {
      try {
        return Double.parseDouble(scalar.getValue().replace("_", ""));
      } catch (NumberFormatException e) {
        problem(node, "a number", scalar.getValue());
        return 0;
      }
    }
    problem(node, "a number", describe(node));
    return 0;
  }

  private List<String> texts(Node node) {
    List<String> texts = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        if (item instanceof ScalarNode scalar) texts.add(scalar.getValue());
        else problem(item, "a word", describe(item));
      }
    } else {
      problem(node, "choices: a list of words", describe(node));
    }
    return texts;
  }

  void rejectUnknown(Map<String, Node> entries, List<String> known) {
    for (Map.Entry<String, Node> entry : entries.entrySet()) {
      if (!known.contains(entry.getKey())) {
        problem(entry.getValue(), "one of " + known, entry.getKey());
      }
    }
  }

  void problem(Node node, String expected, String found) {
    int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    int column = node.getStartMark().map(Mark::getColumn).orElse(0) + 1;
    problems.add(new ProfileProblem(file, line, column, expected, found));
  }

  static String describe(Node node) {
    return switch (node.getNodeType()) {
      case MAPPING -> "a mapping";
      case SEQUENCE -> "a list";
      case SCALAR -> "'" + ((ScalarNode) node).getValue() + "'";
      case ANCHOR -> "an alias";
    };
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
