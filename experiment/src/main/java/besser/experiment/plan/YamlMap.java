package besser.experiment.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping of a plan file being read. Every accessor that does not find what it asks for records a
 * problem and returns a stand-in, so that reading goes on and one pass finds every error; {@link
 * #build} makes a value only if nothing was wrong below this mapping.
 */
final class YamlMap {
  private final Problems problems;
  private final MappingNode node;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();
  private final int problemsBefore;

  private YamlMap(Problems problems, MappingNode node) {
    this.problems = problems;
    this.node = node;
    this.problemsBefore = problems.count();
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        if (values.put(key.getValue(), tuple.getValueNode()) != null) {
          problems.add(key, "each key once", "a second '" + key.getValue() + "'");
        }
      } else {
        problems.add(tuple.getKeyNode(), "a plain key", Problems.describe(tuple.getKeyNode()));
      }
    }
  }

  static Optional<YamlMap> of(Problems problems, Node node, String what) {
    if (node instanceof MappingNode mapping) {
      return Optional.of(new YamlMap(problems, mapping));
    }
    problems.add(node, "a mapping (" + what + ")", Problems.describe(node));
    return Optional.empty();
  }

  Problems problems() {
    return problems;
  }

  Node node() {
    return node;
  }

  boolean has(String key) {
    asked.add(key);
    return values.containsKey(key);
  }

  /** The one of these keys that is there; a problem if none or several are. */
  Optional<String> oneOf(String what, List<String> keys) {
    List<String> there = keys.stream().filter(this::has).toList();
    if (there.size() == 1) {
      return Optional.of(there.getFirst());
    }
    String expected = what + ": exactly one of " + String.join(", ", keys);
    problems.add(node, expected, there.isEmpty() ? "none" : String.join(" and ", there));
    return Optional.empty();
  }

  String text(String key) {
    return scalar(key, text -> text, "", "a text");
  }

  String text(String key, String absent) {
    return has(key) ? text(key) : absent;
  }

  Optional<String> optionalText(String key) {
    return has(key) ? Optional.of(text(key)) : Optional.empty();
  }

  boolean flag(String key, boolean absent) {
    return has(key) ? scalar(key, YamlMap::bool, absent, "true or false") : absent;
  }

  int integer(String key, int standIn) {
    return scalar(key, Integer::parseInt, standIn, "a whole number");
  }

  <E extends Enum<E>> E choice(String key, Class<E> type) {
    E first = type.getEnumConstants()[0];
    return scalar(key, text -> Words.read(type, text), first, "one of " + Words.list(type));
  }

  <E extends Enum<E>> E choice(String key, Class<E> type, E absent) {
    return has(key) ? choice(key, type) : absent;
  }

  /**
   * A scalar that a parser reads; the parser throws IllegalArgumentException naming what it wants.
   */
  <T> T scalar(String key, Function<String, T> parser, T standIn, String expected) {
    Node value = required(key, expected);
    return value == null ? standIn : scalar(value, parser, expected).orElse(standIn);
  }

  List<String> texts(String key) {
    return items(key, (item, ignored) -> scalar(item, text -> text, "a text"));
  }

  <T> List<T> scalars(String key, Function<String, T> parser, String expected) {
    return items(key, (item, ignored) -> scalar(item, parser, expected));
  }

  <T> List<T> maps(String key, Function<YamlMap, Optional<T>> reader) {
    return items(key, (item, what) -> of(problems, item, what).flatMap(reader));
  }

  Optional<YamlMap> map(String key) {
    Node value = required(key, "a mapping");
    return value == null ? Optional.empty() : of(problems, value, key);
  }

  /** Reads a name that must be declared elsewhere in the plan. */
  String reference(String key, Problems.Kind kind) {
    String name = text(key);
    Node value = values.get(key);
    if (value != null && !name.isEmpty()) {
      problems.refer(kind, name, value);
    }
    return name;
  }

  List<String> references(String key, Problems.Kind kind) {
    return items(
        key,
        (item, ignored) -> {
          Optional<String> name = scalar(item, text -> text, "a name");
          name.ifPresent(text -> problems.refer(kind, text, item));
          return name;
        });
  }

  /** Reads the name that this mapping declares. */
  String declaration(String key, Problems.Kind kind) {
    String name = text(key);
    Node value = values.get(key);
    if (value != null && !name.isEmpty()) {
      problems.declare(kind, name, value);
    }
    return name;
  }

  /** Adds a problem at a key's value, or at the mapping when the key is absent. */
  void problemAt(String key, String expected, String found) {
    Node value = values.get(key);
    problems.add(value == null ? node : value, expected, found);
  }

  /**
   * The value, if nothing below this mapping was wrong. Keys that nobody asked for are problems,
   * and so is what the value's own constructor refuses.
   */
  <T> Optional<T> build(Supplier<T> value) {
    rejectUnknownKeys();
    if (problems.count() > problemsBefore) {
      return Optional.empty();
    }
    try {
      return Optional.of(value.get());
    } catch (NoSuchElementException e) {
      // A part is missing whose own problem stands elsewhere: an unknown name, or a refused metric.
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      problems.add(node, "a consistent entry", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void rejectUnknownKeys() {
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key && !asked.contains(key.getValue())) {
        String name = key.getValue();
        problems.add(
            key,
            "one of the keys " + String.join(", ", asked),
            "unknown key '" + name + "'" + Problems.meant(name, asked));
      }
    }
  }

  private @Nullable Node required(String key, String expected) {
    asked.add(key);
    Node value = values.get(key);
    if (value == null) {
      problems.add(node, "key '" + key + "' (" + expected + ")", "no such key");
    }
    return value;
  }

  private <T> Optional<T> scalar(Node value, Function<String, T> parser, String expected) {
    if (!(value instanceof ScalarNode scalar)) {
      problems.add(value, expected, Problems.describe(value));
      return Optional.empty();
    }
    if (scalar.getValue().isBlank()) {
      problems.add(value, expected, "nothing");
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(scalar.getValue()));
    } catch (NumberFormatException e) {
      problems.add(value, expected, Problems.describe(value));
    } catch (IllegalArgumentException e) {
      problems.add(value, String.valueOf(e.getMessage()), Problems.describe(value));
    }
    return Optional.empty();
  }

  private <T> List<T> items(String key, BiFunction<Node, String, Optional<T>> reader) {
    Node value = required(key, "a list");
    List<T> items = new ArrayList<>();
    if (value instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        reader.apply(item, "an entry of " + key).ifPresent(items::add);
      }
    } else if (value != null) {
      problems.add(value, "a list", Problems.describe(value));
    }
    return items;
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("true or false");
    };
  }
}
