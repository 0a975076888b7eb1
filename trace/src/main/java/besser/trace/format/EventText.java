package besser.trace.format;

import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.Issue;
import besser.trace.TaskNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Renders what an event says, as {@code trace-cmd report} prints it behind the event's name. Not
 * thread-safe. Learns task names from {@code sched_switch} and {@code sched_wakeup} as trace-cmd
 * does, so events are to be rendered in the order of their time.
 */
public final class EventText {
  private final TextContext context;
  private final NumberEvaluator numbers;
  private final TextEvaluator texts;
  private final PointerText pointers;
  private final EventOverrides overrides;
  private final RawFields rawFields;
  private final Map<Integer, String> learnedNames = new HashMap<>();
  private final Map<EventFormat, Optional<PrintFormat>> parsed = new HashMap<>();

  /** A renderer that has learned no names yet. */
  public EventText(TextContext context) {
    this.context = context;
    FunctionNames functions = new FunctionNames(context.symbols());
    this.numbers = new NumberEvaluator(context, functions);
    this.texts = new TextEvaluator(context, numbers);
    this.pointers = new PointerText(context, functions, numbers);
    this.overrides = new EventOverrides(context, pointers, this);
    this.rawFields = new RawFields(context, numbers);
  }

  /** Appends the event's text; may contain line feeds. */
  public void append(StringBuilder out, Event event) {
    Optional<PrintFormat> format = printFormat(event.format());
    switch (overrides.append(out, event, format)) {
      case WHOLE -> {}
      case NOTHING, START -> {
        if (format.isPresent()) {
          appendPieces(out, format.get(), event);
        } else {
          context.issues().add(Issue.PRINT_FORMAT_UNSUPPORTED, event.format().qualifiedName());
          rawFields.append(out, event);
        }
      }
    }
  }

  /** Whether the event's print format is rendered, rather than its raw fields. */
  public boolean isSupported(EventFormat format) {
    return printFormat(format).isPresent() || overrides.isWhole(format);
  }

  /** The name of a task as known by now. */
  public String taskName(int pid) {
    String name = context.taskNames().name(pid);
    return name.equals(TaskNames.UNKNOWN) ? learnedNames.getOrDefault(pid, name) : name;
  }

  void learn(int pid, String name) {
    learnedNames.putIfAbsent(pid, name);
  }

  private Optional<PrintFormat> printFormat(EventFormat format) {
    return parsed.computeIfAbsent(format, this::parse);
  }

  private Optional<PrintFormat> parse(EventFormat format) {
    try {
      return Optional.of(PrintFormat.parse(format, context.longBytes(), context.style()));
    } catch (UnsupportedPrintFormatException e) {
      return Optional.empty();
    }
  }

  private void appendPieces(StringBuilder out, PrintFormat format, Event event) {
    for (PrintFormat.Piece piece : format.pieces()) {
      switch (piece) {
        case PrintFormat.Literal literal -> out.append(literal.text());
        case PrintFormat.NumberPiece number ->
            number
                .conversion()
                .appendNumber(
                    out, numbers.valueOf(number.argument(), event), star(number.star(), event));
        case PrintFormat.TextPiece text ->
            texts.append(out, text.conversion(), star(text.star(), event), text.argument(), event);
        case PrintFormat.PointerPiece pointer ->
            pointers.append(
                out, pointer.suffix(), star(pointer.star(), event), pointer.argument(), event);
      }
    }
  }

  private int star(Optional<Expression> argument, Event event) {
    return argument.isEmpty() ? 1 : (int) numbers.valueOf(argument.get(), event);
  }
}
