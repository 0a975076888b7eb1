package besser.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recursive descent over {@code or := and ('||' and)*}, {@code and := term ('&&' term)*}. */
final class FilterParser {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(\\|\\||&&|==|!=|<=|>=|[<>&~()]|\"[^\"]*\"|[^\\s()<>=!&|~]+)");

  private final List<String> tokens = new ArrayList<>();
  private int next;

  FilterParser(String text) {
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.find(end) && matcher.start() == end) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    if (!text.substring(end).isBlank()) {
      throw expected("a field, an operator or a value at '" + text.substring(end).strip() + "'");
    }
  }

  Filter parse() {
    Filter filter = any();
    if (next < tokens.size()) {
      throw expected("&& or || before '" + tokens.get(next) + "'");
    }
    return filter;
  }

  private Filter any() {
    List<Filter> parts = new ArrayList<>(List.of(all()));
    while (take("||")) {
      parts.add(all());
    }
    return parts.size() == 1 ? parts.getFirst() : new Filter.AnyOf(parts);
  }

  private Filter all() {
    List<Filter> parts = new ArrayList<>(List.of(term()));
    while (take("&&")) {
      parts.add(term());
    }
    return parts.size() == 1 ? parts.getFirst() : new Filter.AllOf(parts);
  }

  private Filter term() {
    if (take("(")) {
      Filter inner = any();
      if (!take(")")) {
        throw expected("a closing bracket");
      }
      return inner;
    }
    String field = word("a field name");
    Filter.Operator operator = operator();
    return new Filter.Comparison(field, operator, word("a value after " + operator.symbol()));
  }

  private Filter.Operator operator() {
    String symbol = next < tokens.size() ? tokens.get(next) : "the end";
    for (Filter.Operator operator : Filter.Operator.values()) {
      if (operator.symbol().equals(symbol)) {
        next++;
        return operator;
      }
    }
    throw expected("one of == != < <= > >= & ~, found '" + symbol + "'");
  }

  private String word(String what) {
    if (next >= tokens.size() || !tokens.get(next).matches("\".*\"|[^()<>=!&|~]+")) {
      throw expected(what + ", found " + (next < tokens.size() ? tokens.get(next) : "the end"));
    }
    String token = tokens.get(next++);
    return token.startsWith("\"") ? token.substring(1, token.length() - 1) : token;
  }

  private boolean take(String token) {
    boolean there = next < tokens.size() && tokens.get(next).equals(token);
    if (there) {
      next++;
    }
    return there;
  }

  private static IllegalArgumentException expected(String what) {
    return new IllegalArgumentException("a filter such as 'function == sdio_rx_work': " + what);
  }
}
