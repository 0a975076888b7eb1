package besser.metrics.match;

import besser.metrics.Filter;
import besser.metrics.Filter.Operator;
import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.Field;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * Turns comparisons by name into comparisons of numbers. Beside the event's own fields it knows
 * {@code cpu}, {@code common_pid} and {@code comm}, as the kernel's filters do.
 */
final class FilterCompiler {
  private final EventFormat format;
  private final AddressNames names;

  FilterCompiler(EventFormat format, AddressNames names) {
    this.format = format;
    this.names = names;
  }

  EventTest compile(Filter filter) {
    return switch (filter) {
      case Filter.AllOf(List<Filter> parts) -> all(parts.stream().map(this::compile).toList());
      case Filter.AnyOf(List<Filter> parts) -> any(parts.stream().map(this::compile).toList());
      case Filter.Comparison comparison -> comparison(comparison);
    };
  }

  private static EventTest all(List<EventTest> parts) {
    EventTest[] tests = parts.toArray(EventTest[]::new);
    return event -> {
      for (EventTest test : tests) {
        if (!test.test(event)) {
          return false;
        }
      }
      return true;
    };
  }

  private static EventTest any(List<EventTest> parts) {
    EventTest[] tests = parts.toArray(EventTest[]::new);
    return event -> {
      for (EventTest test : tests) {
        if (test.test(event)) {
          return true;
        }
      }
      return false;
    };
  }

  private EventTest comparison(Filter.Comparison comparison) {
    Optional<Field> own = format.findField(comparison.field());
    if (own.isPresent()) {
      Field field = own.get();
      return field.kind().isText() ? text(comparison, field) : number(comparison, field);
    }
    return switch (comparison.field()) {
      case "cpu", "CPU" -> compare(comparison, Event::cpu, true, literal(comparison));
      case "common_pid" -> compare(comparison, Event::pid, true, literal(comparison));
      case "comm", "COMM" -> comm(comparison);
      default ->
          throw new UnresolvedFilterException(
              "%s has no field %s, it has %s"
                  .formatted(
                      format.qualifiedName(),
                      comparison.field(),
                      format.fields().stream().map(Field::name).toList()));
    };
  }

  private EventTest comm(Filter.Comparison comparison) {
    NamePattern pattern = pattern(comparison);
    boolean wanted = comparison.operator() != Operator.NOT_EQUAL;
    return event -> pattern.matches(event.comm()) == wanted;
  }

  private EventTest text(Filter.Comparison comparison, Field field) {
    NamePattern pattern = pattern(comparison);
    boolean wanted = comparison.operator() != Operator.NOT_EQUAL;
    return event -> pattern.matches(event, field) == wanted;
  }

  private NamePattern pattern(Filter.Comparison comparison) {
    return switch (comparison.operator()) {
      case GLOB -> NamePattern.of(comparison.value());
      case EQUAL, NOT_EQUAL -> NamePattern.literal(comparison.value());
      case LESS, AT_MOST, GREATER, AT_LEAST, BITS ->
          throw new UnresolvedFilterException(
              "%s of %s is a text: compare it with ==, != or ~, got %s"
                  .formatted(
                      comparison.field(), format.qualifiedName(), comparison.operator().symbol()));
    };
  }

  private EventTest number(Filter.Comparison comparison, Field field) {
    OptionalLong literal = parse(comparison.value());
    if (literal.isPresent()) {
      long wanted = asStored(literal.getAsLong(), field);
      return switch (comparison.operator()) {
        // the two that stand on hot paths spare the call of an accessor
        case EQUAL -> event -> event.number(field) == wanted;
        case NOT_EQUAL -> event -> event.number(field) != wanted;
        case LESS, AT_MOST, GREATER, AT_LEAST, BITS, GLOB ->
            compare(comparison, event -> event.number(field), field.signed(), wanted);
      };
    }
    return symbol(comparison, field);
  }

  /** A value as reading the field yields it: a 4-byte unsigned -1 is 4294967295. */
  private static long asStored(long value, Field field) {
    int bits = field.elementBytes() * Byte.SIZE;
    if (bits >= Long.SIZE) {
      return value;
    }
    long shifted = value << (Long.SIZE - bits);
    return field.signed() ? shifted >> (Long.SIZE - bits) : shifted >>> (Long.SIZE - bits);
  }

  private static EventTest compare(
      Filter.Comparison comparison, ToLongFunction<Event> read, boolean signed, long wanted) {
    return switch (comparison.operator()) {
      case EQUAL -> event -> read.applyAsLong(event) == wanted;
      case NOT_EQUAL -> event -> read.applyAsLong(event) != wanted;
      case LESS -> event -> order(read.applyAsLong(event), wanted, signed) < 0;
      case AT_MOST -> event -> order(read.applyAsLong(event), wanted, signed) <= 0;
      case GREATER -> event -> order(read.applyAsLong(event), wanted, signed) > 0;
      case AT_LEAST -> event -> order(read.applyAsLong(event), wanted, signed) >= 0;
      case BITS -> event -> (read.applyAsLong(event) & wanted) != 0;
      case GLOB ->
          throw new UnresolvedFilterException(
              comparison.field() + " is a number: ~ compares texts only");
    };
  }

  private static int order(long left, long right, boolean signed) {
    return signed ? Long.compare(left, right) : Long.compareUnsigned(left, right);
  }

  private EventTest symbol(Filter.Comparison comparison, Field field) {
    boolean wanted =
        switch (comparison.operator()) {
          case EQUAL, GLOB -> true;
          case NOT_EQUAL -> false;
          case LESS, AT_MOST, GREATER, AT_LEAST, BITS ->
              throw new UnresolvedFilterException(
                  "value of %s %s must be a number, got %s"
                      .formatted(
                          comparison.field(), comparison.operator().symbol(), comparison.value()));
        };
    AddressTest test = AddressTest.of(names, pattern(comparison));
    return event -> test.test(event.number(field)) == wanted;
  }

  private static long literal(Filter.Comparison comparison) {
    return parse(comparison.value())
        .orElseThrow(
            () ->
                new UnresolvedFilterException(
                    "value of %s must be a number, got %s"
                        .formatted(comparison.field(), comparison.value())));
  }

  /** Decimal, or hexadecimal behind 0x up to 16 digits. */
  static OptionalLong parse(String text) {
    try {
      return OptionalLong.of(
          text.startsWith("0x") || text.startsWith("0X")
              ? Long.parseUnsignedLong(text, 2, text.length(), 16)
              : Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
