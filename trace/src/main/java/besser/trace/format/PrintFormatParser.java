package besser.trace.format;

import besser.trace.EventFormat;
import besser.trace.Field;
import besser.trace.format.Expression.Entry;
import besser.trace.format.Expression.KnownFunction;
import besser.trace.format.PrintFormatLexer.Kind;
import besser.trace.format.PrintFormatLexer.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses a print format: its format text and its arguments, with C's precedence. */
final class PrintFormatParser {
  /** Nesting a kernel's formats never reach; a guard against hostile files. */
  private static final int DEPTH_LIMIT = 200;

  /** More operators than any kernel's format has; bounds how deep evaluation can nest. */
  private static final int OPERATORS_LIMIT = 4000;

  /** Lowest precedence first. */
  private static final List<Set<String>> LEVELS =
      List.of(
          Set.of("||"),
          Set.of("&&"),
          Set.of("|"),
          Set.of("^"),
          Set.of("&"),
          Set.of("==", "!="),
          Set.of("<", ">", "<=", ">="),
          Set.of("<<", ">>"),
          Set.of("+", "-"),
          Set.of("*", "/", "%"));

  private static final Set<String> TYPE_WORDS =
      Set.of(
          "void",
          "char",
          "short",
          "int",
          "long",
          "unsigned",
          "signed",
          "struct",
          "enum",
          "union",
          "const",
          "bool",
          "u8",
          "u16",
          "u32",
          "u64",
          "s8",
          "s16",
          "s32",
          "s64");

  /** Names the kernel leaves unresolved in old format files, with their values. */
  private static final Map<String, Long> LEFT_NAMES = new HashMap<>();

  static {
    List<String> softirqs =
        List.of(
            "HI",
            "TIMER",
            "NET_TX",
            "NET_RX",
            "BLOCK",
            "IRQ_POLL",
            "TASKLET",
            "SCHED",
            "HRTIMER",
            "RCU");
    for (int i = 0; i < softirqs.size(); i++) {
      LEFT_NAMES.put(softirqs.get(i) + "_SOFTIRQ", (long) i);
    }
    LEFT_NAMES.put("HRTIMER_NORESTART", 0L);
    LEFT_NAMES.put("HRTIMER_RESTART", 1L);
  }

  private final EventFormat format;
  private final int longBytes;
  private final ReportStyle style;
  private final TokenCursor tokens;
  private int depth;
  private int operators;

  PrintFormatParser(EventFormat format, int longBytes, ReportStyle style)
      throws UnsupportedPrintFormatException {
    this.format = format;
    this.longBytes = longBytes;
    this.style = style;
    this.tokens = new TokenCursor(PrintFormatLexer.tokens(format.printFormat()));
  }

  /** The format text between the quotes; to be called first. */
  String formatText() throws UnsupportedPrintFormatException {
    StringBuilder text = new StringBuilder();
    if (tokens.peek().kind() != Kind.TEXT) {
      throw new UnsupportedPrintFormatException(
          "no format text but '" + tokens.peek().text() + "'");
    }
    while (tokens.peek().kind() == Kind.TEXT) {
      text.append(tokens.next().text());
    }
    return text.toString();
  }

  /** The arguments behind the format text. */
  List<Expression> arguments() throws UnsupportedPrintFormatException {
    List<Expression> arguments = new ArrayList<>();
    while (tokens.accept(",")) {
      arguments.add(expression());
    }
    if (tokens.peek().kind() != Kind.END) {
      throw new UnsupportedPrintFormatException(
          "'" + tokens.peek().text() + "' behind the arguments");
    }
    return arguments;
  }

  private Expression expression() throws UnsupportedPrintFormatException {
    if (++depth > DEPTH_LIMIT) {
      throw new UnsupportedPrintFormatException("more than " + DEPTH_LIMIT + " nested terms");
    }
    Expression condition = binary(0);
    if (tokens.accept("?")) {
      Expression then = expression();
      tokens.expect(":");
      condition = new Expression.Conditional(condition, then, expression());
    }
    depth--;
    return condition;
  }

  private Expression binary(int level) throws UnsupportedPrintFormatException {
    if (level == LEVELS.size()) {
      return unary();
    }
    Expression left = binary(level + 1);
    while (tokens.peek().kind() == Kind.OPERATOR
        && LEVELS.get(level).contains(tokens.peek().text())) {
      if (++operators > OPERATORS_LIMIT) {
        throw new UnsupportedPrintFormatException("more than " + OPERATORS_LIMIT + " operators");
      }
      String operator = tokens.next().text();
      int rightAt = tokens.position();
      Expression right = binary(level + 1);
      boolean bareParenthesis = tokens.isOneParenthesis(rightAt);
      left = combine(level, operator, left, right, bareParenthesis);
    }
    return left;
  }

  /**
   * Joins two terms. libtraceevent rotates a term in parentheses whose operator binds weaker:
   * {@code a & (b | c)} becomes {@code (a & b) | c}; its texts are only matched by doing the same.
   */
  private Expression combine(
      int level, String operator, Expression left, Expression right, boolean bareParenthesis) {
    if (bareParenthesis
        && style != ReportStyle.AS_DECLARED
        && right instanceof Expression.Binary inner
        && levelOf(inner.operator()) < level) {
      return rotate(operator, left, inner);
    }
    return new Expression.Binary(operator, left, right);
  }

  /** Joins the left term with the leftmost of a chain, which libtraceevent reads from the right. */
  private static Expression rotate(String operator, Expression left, Expression.Binary chain) {
    Expression head =
        chain.left() instanceof Expression.Binary longer
                && levelOf(longer.operator()) == levelOf(chain.operator())
            ? rotate(operator, left, longer)
            : new Expression.Binary(operator, left, chain.left());
    return new Expression.Binary(chain.operator(), head, chain.right());
  }

  private static int levelOf(String operator) {
    int level = 0;
    while (!LEVELS.get(level).contains(operator)) {
      level++;
    }
    return level;
  }

  private Expression unary() throws UnsupportedPrintFormatException {
    if (++depth > DEPTH_LIMIT) {
      throw new UnsupportedPrintFormatException("more than " + DEPTH_LIMIT + " nested terms");
    }
    Expression result;
    if (tokens.accept("!")) {
      result = new Expression.Unary('!', unary());
    } else if (tokens.accept("~")) {
      result = new Expression.Unary('~', unary());
    } else if (tokens.accept("-")) {
      result = new Expression.Unary('-', unary());
    } else if (tokens.accept("+") || tokens.accept("&")) {
      result = unary();
    } else {
      result = postfix();
    }
    depth--;
    return result;
  }

  private Expression postfix() throws UnsupportedPrintFormatException {
    Expression result = primary();
    while (tokens.accept("[")) {
      Expression index = expression();
      tokens.expect("]");
      result = new Expression.Element(result, index);
    }
    return result;
  }

  private Expression primary() throws UnsupportedPrintFormatException {
    return switch (tokens.peek().kind()) {
      case NUMBER -> new Expression.Literal(numberOf(tokens.next().text()));
      case CHARACTER -> new Expression.Literal(tokens.next().text().codePointAt(0));
      case TEXT -> {
        StringBuilder text = new StringBuilder();
        while (tokens.peek().kind() == Kind.TEXT) {
          text.append(tokens.next().text());
        }
        yield new Expression.Text(text.toString());
      }
      case NAME -> name();
      case OPERATOR -> {
        if (!tokens.accept("(")) {
          throw new UnsupportedPrintFormatException("'" + tokens.peek().text() + "' as a term");
        }
        yield parenthesis();
      }
      case END -> throw new UnsupportedPrintFormatException("an argument that is missing");
    };
  }

  private Expression parenthesis() throws UnsupportedPrintFormatException {
    String type = castType();
    if (!type.isEmpty()) {
      return new Expression.Cast(type, unary());
    }
    if (tokens.peek().text().equals("REC") && tokens.peekAt(1).is(")")) {
      tokens.next();
      tokens.next();
      return fieldBehindArrow();
    }
    Expression inside = expression();
    tokens.expect(")");
    return inside;
  }

  /** Consumes {@code type)} when that is what follows, else nothing. */
  private String castType() {
    int ahead = 0;
    StringBuilder type = new StringBuilder();
    boolean knownType = false;
    while (tokens.peekAt(ahead).kind() == Kind.NAME) {
      String word = tokens.peekAt(ahead).text();
      if (word.equals("REC")) {
        return "";
      }
      knownType |= TYPE_WORDS.contains(word) || word.endsWith("_t") || word.startsWith("__u");
      type.append(ahead == 0 ? "" : " ").append(word);
      ahead++;
    }
    if (ahead == 0) {
      return "";
    }
    while (tokens.peekAt(ahead).is("*")) {
      type.append(" *");
      knownType = true;
      ahead++;
    }
    if (!tokens.peekAt(ahead).is(")")) {
      return "";
    }
    Token behind = tokens.peekAt(ahead + 1);
    boolean operand =
        behind.kind() == Kind.NAME
            || behind.kind() == Kind.NUMBER
            || behind.kind() == Kind.TEXT
            || behind.is("(")
            || (knownType
                && (behind.is("~") || behind.is("-") || behind.is("!") || behind.is("&")));
    if (!operand) {
      return "";
    }
    tokens.skip(ahead + 1);
    return type.toString();
  }

  private Expression name() throws UnsupportedPrintFormatException {
    String name = tokens.next().text();
    if (name.equals("REC")) {
      return fieldBehindArrow();
    }
    if (tokens.accept("(")) {
      return call(name);
    }
    StringBuilder whole = new StringBuilder(name);
    while (tokens.peek().kind() == Kind.NAME) {
      whole.append(' ').append(tokens.next().text());
    }
    return new Expression.Name(whole.toString());
  }

  private Expression fieldBehindArrow() throws UnsupportedPrintFormatException {
    tokens.expect("->");
    return new Expression.FieldValue(field(tokens.next().text()));
  }

  private Field field(String name) throws UnsupportedPrintFormatException {
    return format
        .findField(name)
        .orElseThrow(() -> new UnsupportedPrintFormatException("field " + name + " is missing"));
  }

  private Field fieldThenClose() throws UnsupportedPrintFormatException {
    Field field = field(tokens.next().text());
    tokens.expect(")");
    return field;
  }

  private Expression call(String function) throws UnsupportedPrintFormatException {
    return switch (function) {
      case "__print_flags", "__print_flags_u64" -> flags();
      case "__print_symbolic", "__print_symbolic_u64" -> symbols();
      case "__print_hex" -> hex(true);
      case "__print_hex_str" -> hex(false);
      case "__print_array" -> integerArray();
      case "__get_str", "__get_rel_str" -> new Expression.DynamicText(fieldThenClose());
      case "__get_bitmask", "__get_rel_bitmask" -> new Expression.Bitmask(fieldThenClose());
      case "__get_cpumask", "__get_rel_cpumask" -> new Expression.Cpumask(fieldThenClose());
      case "__get_dynamic_array",
          "__get_rel_dynamic_array",
          "__get_sockaddr",
          "__get_sockaddr_rel",
          "__get_rel_sockaddr" ->
          new Expression.DynamicArray(fieldThenClose());
      case "__get_dynamic_array_len", "__get_rel_dynamic_array_len" ->
          new Expression.DynamicLength(fieldThenClose());
      case "__builtin_expect" -> {
        Expression value = expression();
        tokens.expect(",");
        expression();
        tokens.expect(")");
        yield value;
      }
      case "sizeof" -> sizeOf();
      default -> knownFunction(function);
    };
  }

  private Expression knownFunction(String name) throws UnsupportedPrintFormatException {
    for (KnownFunction function : KnownFunction.values()) {
      if (function.spelling().equals(name)) {
        List<Expression> arguments = new ArrayList<>();
        do {
          arguments.add(expression());
        } while (tokens.accept(","));
        tokens.expect(")");
        return new Expression.Call(function, arguments);
      }
    }
    throw new UnsupportedPrintFormatException("function " + name);
  }

  private Expression flags() throws UnsupportedPrintFormatException {
    Expression value = expression();
    tokens.expect(",");
    String delimiter = "";
    if (tokens.peek().kind() == Kind.TEXT || tokens.peek().kind() == Kind.NAME) {
      delimiter = tokens.next().text();
    }
    List<Entry> entries = entries();
    return new Expression.Flags(value, delimiter, entries);
  }

  private Expression symbols() throws UnsupportedPrintFormatException {
    Expression value = expression();
    return new Expression.Symbols(value, entries());
  }

  /** The rest of a call: {@code , { value, "text" } ... )}. */
  private List<Entry> entries() throws UnsupportedPrintFormatException {
    List<Entry> entries = new ArrayList<>();
    while (tokens.accept(",")) {
      tokens.expect("{");
      Expression value = expression();
      tokens.expect(",");
      String text = entryText(expression());
      tokens.expect("}");
      entries.add(new Entry(entryValue(value), text));
    }
    tokens.expect(")");
    return List.copyOf(entries);
  }

  private static String entryText(Expression text) throws UnsupportedPrintFormatException {
    return switch (text) {
      case Expression.Text quoted -> quoted.value();
      case Expression.Name name -> name.name();
      // a list may end in a null pointer
      default -> Long.toString(ConstantFolding.valueOf(text));
    };
  }

  private static long entryValue(Expression value) throws UnsupportedPrintFormatException {
    // like libtraceevent's eval_flag, negative values cannot be told from unknown names
    if (value instanceof Expression.Name name) {
      return LEFT_NAMES.getOrDefault(name.name(), -1L);
    }
    if (value instanceof Expression.Literal number) {
      return number.value();
    }
    return Math.max(ConstantFolding.valueOf(value), -1);
  }

  private Expression hex(boolean separated) throws UnsupportedPrintFormatException {
    Expression array = expression();
    tokens.expect(",");
    Expression length = expression();
    tokens.expect(")");
    return new Expression.Hex(array, length, separated);
  }

  private Expression integerArray() throws UnsupportedPrintFormatException {
    Expression array = expression();
    tokens.expect(",");
    Expression count = expression();
    tokens.expect(",");
    Expression elementBytes = expression();
    tokens.expect(")");
    return new Expression.IntegerArray(array, count, elementBytes);
  }

  private Expression sizeOf() throws UnsupportedPrintFormatException {
    if (tokens.peek().text().equals("REC")) {
      tokens.next();
      tokens.expect("->");
      return new Expression.Literal(fieldThenClose().sizeBytes());
    }
    StringBuilder type = new StringBuilder();
    while (!tokens.peek().is(")")) {
      if (tokens.peek().kind() == Kind.END) {
        throw new UnsupportedPrintFormatException("a sizeof that is not closed");
      }
      type.append(type.isEmpty() ? "" : " ").append(tokens.next().text());
    }
    tokens.expect(")");
    long bytes = CTypes.sizeBytes(type.toString(), longBytes);
    if (bytes == 0) {
      throw new UnsupportedPrintFormatException("sizeof(" + type + ")");
    }
    return new Expression.Literal(bytes);
  }

  private static long numberOf(String text) throws UnsupportedPrintFormatException {
    int end = text.length();
    while (end > 0 && "uUlL".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    String digits = text.substring(0, end);
    try {
      if (digits.startsWith("0x") || digits.startsWith("0X")) {
        return Long.parseUnsignedLong(digits.substring(2), 16);
      }
      boolean octal = digits.length() > 1 && digits.startsWith("0");
      return Long.parseUnsignedLong(digits, octal ? 8 : 10);
    } catch (NumberFormatException e) {
      throw new UnsupportedPrintFormatException("number " + text);
    }
  }
}
