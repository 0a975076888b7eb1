package besser.trace.format;

import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.Field;
import besser.trace.format.Expression.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Events that trace-cmd does not print by their print format but by libtraceevent's plugins
 * (plugin_sched_switch, plugin_hrtimer, plugin_kmem, plugin_tlb, plugin_function).
 */
final class EventOverrides {
  /** How much of an event's text an override has written. */
  enum Written {
    /** Nothing: the print format says all. */
    NOTHING,
    /** The start; the print format follows. */
    START,
    /** All of it. */
    WHOLE
  }

  private static final Set<String> ALLOCATIONS =
      Set.of(
          "kmem:kfree",
          "kmem:kmalloc",
          "kmem:kmalloc_node",
          "kmem:kmem_cache_alloc",
          "kmem:kmem_cache_alloc_node",
          "kmem:kmem_cache_free");

  private static final Set<String> WHOLE_EVENTS =
      Set.of(
          "sched:sched_switch",
          "sched:sched_wakeup",
          "sched:sched_wakeup_new",
          "timer:hrtimer_expire_entry",
          "timer:hrtimer_start",
          "tlb:tlb_flush",
          "ftrace:function",
          "ftrace:kernel_stack");

  /** Letters by bit where the print format is not asked. */
  private static final String FIXED_TASK_STATES = "SDTtZXxW";

  private static final List<String> FLUSH_REASONS =
      List.of("flush on task switch", "remote shootdown", "local shootdown", "local mm shootdown");

  private final TextContext context;
  private final PointerText pointers;
  private final EventText text;
  private final Map<EventFormat, String> taskStates = new HashMap<>();
  private final Map<EventFormat, String> qualifiedNames = new HashMap<>();

  EventOverrides(TextContext context, PointerText pointers, EventText text) {
    this.context = context;
    this.pointers = pointers;
    this.text = text;
  }

  boolean isWhole(EventFormat format) {
    return WHOLE_EVENTS.contains(format.qualifiedName());
  }

  Written append(StringBuilder out, Event event, Optional<PrintFormat> printFormat) {
    EventFormat format = event.format();
    String name = qualifiedNames.computeIfAbsent(format, EventFormat::qualifiedName);
    switch (name) {
      case "sched:sched_switch" -> appendSwitch(out, event, printFormat);
      case "sched:sched_wakeup", "sched:sched_wakeup_new" -> appendWakeup(out, event);
      case "timer:hrtimer_expire_entry" -> appendTimer(out, event, false);
      case "timer:hrtimer_start" -> appendTimer(out, event, true);
      case "tlb:tlb_flush" -> appendFlush(out, event);
      case "syscalls:sys_enter_futex" -> {
        return appendFutex(out, event) ? Written.WHOLE : Written.NOTHING;
      }
      case "ftrace:function" -> appendFunction(out, event);
      case "ftrace:kernel_stack" -> appendStack(out, event);
      default -> {
        if (!ALLOCATIONS.contains(name)) {
          return Written.NOTHING;
        }
        appendCallSite(out, event);
        return Written.START;
      }
    }
    return Written.WHOLE;
  }

  private long number(Event event, String field) {
    return event.format().findField(field).map(found -> pointers.number(event, found)).orElse(0L);
  }

  private void appendTask(StringBuilder out, Event event, String nameField, long pid) {
    Optional<Field> field = event.format().findField(nameField);
    if (field.isPresent()) {
      String name = event.text(field.get());
      out.append(name).append(':');
      text.learn((int) pid, name);
    }
    out.append(pid);
  }

  private void appendSwitch(StringBuilder out, Event event, Optional<PrintFormat> printFormat) {
    appendTask(out, event, "prev_comm", number(event, "prev_pid"));
    out.append(' ');
    out.append('[').append((int) number(event, "prev_prio")).append("] ");
    String states =
        context.style() == ReportStyle.TRACE_CMD_3_1
            ? FIXED_TASK_STATES
            : taskStates.computeIfAbsent(event.format(), _ -> taskStates(printFormat));
    long state = number(event, "prev_state");
    boolean any = false;
    for (int i = 0; i < states.length(); i++) {
      if ((state >> i & 1) != 0) {
        out.append(any ? "|" : "").append(states.charAt(i));
        any = true;
      }
    }
    out.append(any ? "" : "R").append(" ==> ");
    appendTask(out, event, "next_comm", number(event, "next_pid"));
    out.append(" [").append((int) number(event, "next_prio")).append(']');
  }

  /** The letters of the task states by bit, from the flags in sched_switch's print format. */
  private static String taskStates(Optional<PrintFormat> printFormat) {
    if (printFormat.isPresent()) {
      for (Expression argument : printFormat.get().arguments()) {
        Optional<Expression.Flags> flags = findFlags(argument);
        if (flags.isPresent()) {
          return letters(flags.get().entries());
        }
      }
    }
    return FIXED_TASK_STATES;
  }

  private static Optional<Expression.Flags> findFlags(Expression expression) {
    return switch (expression) {
      case Expression.Flags flags -> Optional.of(flags);
      case Expression.Conditional choice ->
          findFlags(choice.then()).or(() -> findFlags(choice.otherwise()));
      case Expression.Binary binary -> findFlags(binary.left()).or(() -> findFlags(binary.right()));
      default -> Optional.empty();
    };
  }

  private static String letters(List<Entry> entries) {
    char[] letters = new char[32];
    for (Entry entry : entries) {
      int bit = Long.numberOfTrailingZeros(entry.value());
      if (bit < letters.length && !entry.text().isEmpty()) {
        letters[bit] = entry.text().charAt(0);
      }
    }
    String all = new String(letters);
    int end = all.indexOf('\0');
    return end < 0 ? all : all.substring(0, end);
  }

  private void appendWakeup(StringBuilder out, Event event) {
    appendTask(out, event, "comm", number(event, "pid"));
    out.append(" [").append(number(event, "prio")).append(']');
    if (event.format().findField("success").isPresent()) {
      out.append(" success=").append(number(event, "success"));
    }
    if (event.format().findField("target_cpu").isPresent()) {
      String cpu = Long.toString(number(event, "target_cpu"));
      out.append(" CPU:").append("0".repeat(Math.max(0, 3 - cpu.length()))).append(cpu);
    }
  }

  private void appendTimer(StringBuilder out, Event event, boolean start) {
    boolean hasTimer = event.format().findField("timer").isPresent();
    long timer = number(event, hasTimer ? "timer" : "hrtimer");
    out.append("hrtimer=0x").append(Long.toHexString(timer));
    if (!start) {
      out.append(" now=").append(Long.toUnsignedString(number(event, "now")));
    }
    out.append(" function=");
    appendFunctionField(out, number(event, "function"));
    if (start) {
      out.append(" expires=").append(Long.toUnsignedString(number(event, "expires")));
      out.append(" softexpires=").append(Long.toUnsignedString(number(event, "softexpires")));
    }
  }

  /** As tep_print_func_field: the distance is that from the address back to the function. */
  private void appendFunctionField(StringBuilder out, long address) {
    String name = pointers.functionName(address);
    if (name.isEmpty()) {
      String hex = Long.toHexString(address);
      out.append("0x").repeat('0', Math.max(0, 8 - hex.length())).append(hex);
      return;
    }
    long back = pointers.functionStart(address) - address;
    out.append(name).append("/0x").append(Long.toHexString(back));
  }

  private String functionOrAddress(long address) {
    String name = pointers.functionName(address);
    return name.isEmpty() ? "0x" + Long.toHexString(address) : name;
  }

  private void appendFlush(StringBuilder out, Event event) {
    long reason = number(event, "reason");
    out.append("pages=").append(number(event, "pages")).append(" reason=");
    boolean known = reason >= 0 && reason < FLUSH_REASONS.size();
    out.append(known ? FLUSH_REASONS.get((int) reason) : "");
    out.append(" (").append(reason).append(')');
  }

  private boolean appendFutex(StringBuilder out, Event event) {
    return FutexText.append(
        out,
        new FutexText.Arguments(
            number(event, "uaddr"),
            number(event, "op"),
            number(event, "val"),
            number(event, "utime"),
            number(event, "uaddr2"),
            number(event, "val3")));
  }

  private void appendFunction(StringBuilder out, Event event) {
    out.append(functionOrAddress(number(event, "ip")));
    out.append(" <-- ").append(functionOrAddress(number(event, "parent_ip")));
  }

  private void appendStack(StringBuilder out, Event event) {
    out.append("<stack trace >\n");
    Optional<Field> callers = event.format().findField("caller");
    if (callers.isEmpty()) {
      return;
    }
    long end = context.longBytes() == 8 ? -1 : 0xffff_ffffL;
    for (int i = 0; i < event.length(callers.get()); i++) {
      long address = event.element(callers.get(), i);
      if (address == end) {
        break;
      }
      String name = pointers.functionName(address);
      out.append("=> ");
      if (name.isEmpty()) {
        out.append(Long.toHexString(address)).append('\n');
      } else {
        out.append(name).append(" (").append(Long.toHexString(address)).append(")\n");
      }
    }
  }

  private void appendCallSite(StringBuilder out, Event event) {
    long address = number(event, "call_site");
    String name = pointers.functionName(address);
    if (!name.isEmpty()) {
      long offset = address - pointers.functionStart(address);
      out.append('(').append(name).append("+0x").append(Integer.toHexString((int) offset));
      out.append(") ");
    }
  }
}
