package besser.trace.format;

/** Values of constant expressions, as flags' values are often written. */
final class ConstantFolding {
  private ConstantFolding() {}

  static long valueOf(Expression expression) throws UnsupportedPrintFormatException {
    return switch (expression) {
      case Expression.Literal number -> number.value();
      case Expression.Cast cast -> CTypes.cast(cast.type(), valueOf(cast.operand()));
      case Expression.Unary unary -> Operators.unary(unary.operator(), valueOf(unary.operand()));
      case Expression.Binary binary ->
          Operators.binary(binary.operator(), valueOf(binary.left()), valueOf(binary.right()));
      case Expression.Conditional choice ->
          valueOf(choice.condition()) != 0 ? valueOf(choice.then()) : valueOf(choice.otherwise());
      case Expression.Text _,
          Expression.Name _,
          Expression.FieldValue _,
          Expression.DynamicText _,
          Expression.DynamicArray _,
          Expression.DynamicLength _,
          Expression.Bitmask _,
          Expression.Cpumask _,
          Expression.Flags _,
          Expression.Symbols _,
          Expression.Hex _,
          Expression.IntegerArray _,
          Expression.Element _,
          Expression.Call _ ->
          throw new UnsupportedPrintFormatException("a flag's value that is not constant");
    };
  }
}
