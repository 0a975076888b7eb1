package besser.trace.format;

/**
 * C's operators on 64-bit values, compared unsigned as libtraceevent does. Division by zero gives
 * zero.
 */
final class Operators {
  private Operators() {}

  static long unary(char operator, long value) {
    return switch (operator) {
      case '!' -> truth(value == 0);
      case '~' -> ~value;
      case '-' -> -value;
      default -> throw new IllegalArgumentException("unary operator " + operator);
    };
  }

  static long binary(String operator, long left, long right) {
    return switch (operator) {
      case "||" -> truth(left != 0 || right != 0);
      case "&&" -> truth(left != 0 && right != 0);
      case "|" -> left | right;
      case "^" -> left ^ right;
      case "&" -> left & right;
      case "==" -> truth(left == right);
      case "!=" -> truth(left != right);
      case "<" -> truth(Long.compareUnsigned(left, right) < 0);
      case ">" -> truth(Long.compareUnsigned(left, right) > 0);
      case "<=" -> truth(Long.compareUnsigned(left, right) <= 0);
      case ">=" -> truth(Long.compareUnsigned(left, right) >= 0);
      case "<<" -> left << right;
      case ">>" -> left >>> right;
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> right == 0 ? 0 : Long.divideUnsigned(left, right);
      case "%" -> right == 0 ? 0 : Long.remainderUnsigned(left, right);
      default -> throw new IllegalArgumentException("operator " + operator);
    };
  }

  private static long truth(boolean holds) {
    return holds ? 1 : 0;
  }
}
