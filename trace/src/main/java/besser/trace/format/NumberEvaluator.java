package besser.trace.format;

import besser.trace.Event;
import besser.trace.Field;

/**
 * Numbers of expressions, computed as libtraceevent's eval_num_arg does so that texts agree: fields
 * are read unsigned, comparisons are unsigned, texts count as zero. Figures do not come from here
 * but from {@link Event#number}.
 */
final class NumberEvaluator {
  private final TextContext context;
  private final FunctionNames functions;

  NumberEvaluator(TextContext context, FunctionNames functions) {
    this.context = context;
    this.functions = functions;
  }

  long valueOf(Expression expression, Event event) {
    return switch (expression) {
      case Expression.Literal literal -> literal.value();
      case Expression.Name name -> functions.addressOf(name.name());
      case Expression.FieldValue value -> unsigned(event, value.field());
      case Expression.DynamicLength length ->
          (long) event.length(length.field()) * length.field().elementBytes();
      case Expression.Cast cast -> CTypes.cast(cast.type(), valueOf(cast.operand(), event));
      case Expression.Unary unary ->
          Operators.unary(unary.operator(), valueOf(unary.operand(), event));
      case Expression.Binary binary ->
          Operators.binary(
              binary.operator(), valueOf(binary.left(), event), valueOf(binary.right(), event));
      case Expression.Conditional choice ->
          valueOf(choice.condition(), event) != 0
              ? valueOf(choice.then(), event)
              : valueOf(choice.otherwise(), event);
      case Expression.Element element -> element(element, event);
      case Expression.Call call ->
          call.arguments().isEmpty() ? 0 : valueOf(call.arguments().getFirst(), event);
      case Expression.Text _,
          Expression.DynamicText _,
          Expression.DynamicArray _,
          Expression.Bitmask _,
          Expression.Cpumask _,
          Expression.Flags _,
          Expression.Symbols _,
          Expression.Hex _,
          Expression.IntegerArray _ ->
          0;
    };
  }

  /** A field's value without sign extension. */
  long unsigned(Event event, Field field) {
    int bytes = field.sizeBytes();
    return switch (field.kind()) {
      case NUMBER, BITFIELD, DYNAMIC_TEXT, DYNAMIC_ARRAY, RELATIVE_TEXT, RELATIVE_ARRAY ->
          bytes >= 8 ? event.number(field) : event.number(field) & ((1L << (8 * bytes)) - 1);
      case TEXT, ARRAY ->
          bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8
              ? FieldBytes.number(
                  FieldBytes.of(event, field, context.order()), 0, bytes, context.order())
              : 0;
    };
  }

  private long element(Expression.Element element, Event event) {
    Expression array = element.array();
    String type = "";
    while (array instanceof Expression.Cast cast) {
      type = type.isEmpty() ? cast.type() : type;
      array = cast.operand();
    }
    Field field;
    switch (array) {
      case Expression.FieldValue value -> field = value.field();
      case Expression.DynamicArray dynamic -> field = dynamic.field();
      default -> {
        return 0;
      }
    }
    long index = valueOf(element.index(), event);
    String pointed = type.endsWith("*") ? type.substring(0, type.length() - 1).strip() : "";
    int declared = CTypes.sizeBytes(pointed, context.longBytes());
    int bytes = declared == 0 ? field.elementBytes() : declared;
    byte[] content = FieldBytes.of(event, field, context.order());
    if (index < 0 || (index + 1) * bytes > content.length) {
      return 0;
    }
    return FieldBytes.number(content, (int) index * bytes, bytes, context.order());
  }
}
