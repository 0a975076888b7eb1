package besser.trace.format;

import besser.trace.Field;
import java.util.List;

/** A term of a print format's arguments. */
sealed interface Expression {

  /** A number, or a character. */
  record Literal(long value) implements Expression {}

  /** A text in double quotes; escapes are kept. */
  record Text(String value) implements Expression {}

  /** A name that stands for nothing in the format: an enum the kernel did not resolve, a symbol. */
  record Name(String name) implements Expression {}

  /** {@code REC->field}. */
  record FieldValue(Field field) implements Expression {}

  /** {@code __get_str(field)}. */
  record DynamicText(Field field) implements Expression {}

  /** {@code __get_dynamic_array(field)}. */
  record DynamicArray(Field field) implements Expression {}

  /** {@code __get_dynamic_array_len(field)}, in bytes. */
  record DynamicLength(Field field) implements Expression {}

  /** {@code __get_bitmask(field)}: hexadecimal words with commas. */
  record Bitmask(Field field) implements Expression {}

  /** {@code __get_cpumask(field)}: a list of ranges. */
  record Cpumask(Field field) implements Expression {}

  /** One value and its name; {@code value} is -1 when the kernel left a name in its place. */
  record Entry(long value, String text) {}

  /** {@code __print_flags(value, delimiter, entries)}. */
  record Flags(Expression value, String delimiter, List<Entry> entries) implements Expression {}

  /** {@code __print_symbolic(value, entries)}. */
  record Symbols(Expression value, List<Entry> entries) implements Expression {}

  /** {@code __print_hex} (separated by blanks) and {@code __print_hex_str}. */
  record Hex(Expression array, Expression length, boolean separated) implements Expression {}

  /** {@code __print_array(array, count, element size)}. */
  record IntegerArray(Expression array, Expression count, Expression elementBytes)
      implements Expression {}

  /** {@code (type) operand}. */
  record Cast(String type, Expression operand) implements Expression {}

  /** {@code !x}, {@code ~x}, {@code -x}. */
  record Unary(char operator, Expression operand) implements Expression {}

  /** Arithmetic, comparison and logic. */
  record Binary(String operator, Expression left, Expression right) implements Expression {}

  /** {@code condition ? then : otherwise}. */
  record Conditional(Expression condition, Expression then, Expression otherwise)
      implements Expression {}

  /** {@code array[index]}. */
  record Element(Expression array, Expression index) implements Expression {}

  /** A call of a function that libtraceevent's plugins know. */
  record Call(KnownFunction function, List<Expression> arguments) implements Expression {}

  /** Functions of the kernel that may appear in print formats. */
  enum KnownFunction {
    JBD2_DEV_TO_NAME("jbd2_dev_to_name"),
    JIFFIES_TO_MSECS("jiffies_to_msecs");

    private final String spelling;

    KnownFunction(String spelling) {
      this.spelling = spelling;
    }

    String spelling() {
      return spelling;
    }
  }
}
