package besser.trace.export;

import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.Field;
import besser.trace.Frame;
import besser.trace.KernelSymbols;
import besser.trace.LostEvents;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Turns events into the messages of Perfetto's ftrace bundles. */
final class PerfettoEvents implements EventSink {
  private static final Set<String> TEXT_FIELDS =
      Set.of("comm", "prev_comm", "next_comm", "name", "workqueue");

  /**
   * Bits of {@code prev_state} by the letter the kernel prints ({@code TASK_STATE_TO_CHAR_STR}).
   */
  private static final String STATE_LETTERS = "SDTtXZPI";

  private static final int STATE_PREEMPTED = 0x100;

  private final PerfettoBundles bundles;
  private final PerfettoInterning interning;
  private final KernelSymbols symbols;
  private final ProtoMessage message = new ProtoMessage();
  private final ProtoMessage payload = new ProtoMessage();
  private final ProtoMessage entry = new ProtoMessage();
  private final IdentityHashMap<EventFormat, Layout> layouts = new IdentityHashMap<>();

  /** How the events of one format are written. */
  private sealed interface Layout {
    /** As a message of their own. */
    record Known(int field, List<NumberedField> fields) implements Layout {}

    record Generic(String name) implements Layout {}
  }

  private record NumberedField(Field field, int number) {}

  PerfettoEvents(PerfettoBundles bundles, PerfettoInterning interning, KernelSymbols symbols) {
    this.bundles = bundles;
    this.interning = interning;
    this.symbols = symbols;
  }

  @Override
  public void event(Event event) {
    Layout layout = layouts.computeIfAbsent(event.format(), PerfettoEvents::layoutOf);
    message.clear();
    message.number(PerfettoFields.EVENT_TIMESTAMP, event.timeNanos());
    message.number(PerfettoFields.EVENT_PID, event.pid());
    payload.clear();
    switch (layout) {
      case Layout.Known known -> {
        for (NumberedField field : known.fields()) {
          addKnown(event, field.field(), field.number());
        }
        message.message(known.field(), payload);
      }
      case Layout.Generic generic -> {
        payload.text(PerfettoFields.GENERIC_EVENT_NAME, generic.name());
        for (Field field : event.format().fields()) {
          addGeneric(event, field);
        }
        message.message(PerfettoFields.EVENT_GENERIC, payload);
      }
    }
    bundles.add(event.cpu(), message);
  }

  private static Layout layoutOf(EventFormat format) {
    PerfettoFields.KnownEvent known = PerfettoFields.KNOWN_EVENTS.get(format.qualifiedName());
    if (known == null) {
      return new Layout.Generic(format.name());
    }
    List<NumberedField> fields = new ArrayList<>();
    for (Field field : format.fields()) {
      Integer number = known.fields().get(field.name());
      if (number != null) {
        fields.add(new NumberedField(field, number));
      }
    }
    return new Layout.Known(known.field(), fields);
  }

  private void addKnown(Event event, Field field, int number) {
    boolean text = field.kind().isText();
    String name = field.name();
    if (TEXT_FIELDS.contains(name)) {
      if (text) {
        payload.text(number, event.text(field));
      }
    } else if (name.equals("function")) {
      payload.number(number, function(event, field));
    } else if (!text) {
      payload.number(number, event.number(field));
    } else if (name.equals("prev_state")) {
      payload.number(number, state(event.text(field)));
    } else if (name.equals("ret")) {
      payload.number(number, event.text(field).equals("handled") ? 1 : 0);
    }
  }

  private long function(Event event, Field field) {
    if (field.kind().isText()) {
      return interning.kernelSymbol(event.text(field));
    }
    long address = event.number(field);
    int index = symbols.indexOf(address);
    return index < 0
        ? interning.kernelSymbol("0x" + Long.toHexString(address))
        : interning.kernelSymbol(symbols.frame(index).symbol());
  }

  private static long state(String letters) {
    long bits = 0;
    for (int i = 0; i < letters.length(); i++) {
      int bit = STATE_LETTERS.indexOf(letters.charAt(i));
      bits |= bit < 0 ? 0 : 1L << bit;
    }
    return letters.endsWith("+") ? bits | STATE_PREEMPTED : bits;
  }

  private void addGeneric(Event event, Field field) {
    entry.clear();
    entry.text(PerfettoFields.GENERIC_FIELD_NAME, field.name());
    if (field.kind().isText()) {
      entry.text(PerfettoFields.GENERIC_FIELD_TEXT, event.text(field));
    } else if (field.kind() != Field.Kind.NUMBER && field.kind() != Field.Kind.BITFIELD) {
      entry.text(PerfettoFields.GENERIC_FIELD_TEXT, elements(event, field));
    } else if (field.isPointer() && symbols.size() > 0) {
      entry.text(PerfettoFields.GENERIC_FIELD_TEXT, pointer(event.number(field)));
    } else {
      int number =
          field.signed()
              ? PerfettoFields.GENERIC_FIELD_SIGNED
              : PerfettoFields.GENERIC_FIELD_UNSIGNED;
      entry.number(number, event.number(field));
    }
    payload.message(PerfettoFields.GENERIC_FIELD, entry);
  }

  /** The function a pointer is of, where it is the start of one; most pointers are of data. */
  private String pointer(long address) {
    int index = symbols.indexOf(address);
    boolean start = index >= 0 && symbols.symbol(index).startAddress() == address;
    Frame frame = start ? symbols.frame(index) : null;
    return frame == null ? "0x" + Long.toHexString(address) : frame.symbol();
  }

  private static String elements(Event event, Field field) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < event.length(field); i++) {
      text.append(i == 0 ? "" : ",").append(Long.toHexString(event.element(field, i)));
    }
    return text.toString();
  }

  @Override
  public void lost(LostEvents lost) {
    bundles.lost(lost.cpu());
  }
}
