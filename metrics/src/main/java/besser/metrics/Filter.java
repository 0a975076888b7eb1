package besser.metrics;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A condition on an event's fields, in the grammar of the kernel's event filters
 * (Documentation/trace/events.rst): {@code function == sdio_rx_work || prev_state != 0}.
 */
public sealed interface Filter {

  /** How a field is held against a value; {@link #GLOB} is the kernel's {@code ~}. */
  enum Operator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">="),
    BITS("&"),
    GLOB("~");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }

  /** One field against one value. */
  record Comparison(String field, Operator operator, String value) implements Filter {
    public Comparison {
      if (field.isBlank() || value.isBlank()) {
        throw new IllegalArgumentException("a comparison needs a field and a value");
      }
    }

    @Override
    public String toString() {
      return field + " " + operator.symbol() + " " + value;
    }
  }

  /** Every part holds. */
  record AllOf(List<Filter> parts) implements Filter {
    public AllOf {
      parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
      return String.join(" && ", parts.stream().map(AllOf::bracketed).toList());
    }

    private static String bracketed(Filter part) {
      return part instanceof AnyOf ? "(" + part + ")" : part.toString();
    }
  }

  /** At least one part holds. */
  record AnyOf(List<Filter> parts) implements Filter {
    public AnyOf {
      parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
      return String.join(" || ", parts.stream().map(Filter::toString).toList());
    }
  }

  /** The names of the fields that it depends on. */
  default Set<String> fields() {
    return switch (this) {
      case Comparison comparison -> Set.of(comparison.field());
      case AllOf(List<Filter> parts) -> fields(parts);
      case AnyOf(List<Filter> parts) -> fields(parts);
    };
  }

  private static Set<String> fields(List<Filter> parts) {
    return parts.stream().flatMap(part -> part.fields().stream()).collect(Collectors.toSet());
  }

  /**
   * Reads a filter expression.
   *
   * @throws IllegalArgumentException with what was expected and where
   */
  static Filter parse(String text) {
    return new FilterParser(text).parse();
  }
}
