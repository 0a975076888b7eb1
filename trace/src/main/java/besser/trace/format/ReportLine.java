package besser.trace.format;

import besser.trace.Event;
import besser.trace.LostEvents;
import java.util.Set;

/**
 * One line per event as {@code trace-cmd report} prints it: task, CPU, time, event, text. Not
 * thread-safe; events are to be rendered in the order of their time.
 */
public final class ReportLine {
  /** Clocks that count nanoseconds; times of others are printed as they are. */
  private static final Set<String> NANOSECOND_CLOCKS =
      Set.of("local", "global", "uptime", "perf", "mono", "mono_raw", "boot", "tai", "tsc2nsec");

  private static final int IRQS_OFF = 0x01;
  private static final int IRQS_NOSUPPORT = 0x02;
  private static final int NEED_RESCHED = 0x04;
  private static final int HARDIRQ = 0x08;
  private static final int SOFTIRQ = 0x10;

  private final EventText text;
  private final boolean nanoseconds;
  private final ReportStyle style;

  /** Lines for events whose source has the given clock, which decides how times are printed. */
  public ReportLine(TextContext context, String clock) {
    this.text = new EventText(context);
    this.nanoseconds = NANOSECOND_CLOCKS.contains(clock);
    this.style = context.style();
  }

  /** Appends an event's line without a line feed at its end; the text itself may contain some. */
  public void append(StringBuilder out, Event event) {
    String task = text.taskName(event.pid());
    String pid = Integer.toString(event.pid());
    out.repeat(' ', Math.max(0, 16 - task.length())).append(task).append('-').append(pid);
    out.repeat(' ', Math.max(0, 5 - pid.length())).append(" [");
    String cpu = Integer.toString(event.cpu());
    out.repeat('0', Math.max(0, 3 - cpu.length())).append(cpu).append(']');
    if (style != ReportStyle.TRACE_CMD_3_1) {
      appendFlags(out.append(' '), event);
    }
    appendTime(out, event.timeNanos());
    String name = event.format().name();
    out.append(": ").append(name).append(": ");
    out.repeat(' ', Math.max(0, 20 - name.length()));
    text.append(out, event);
    if (out.charAt(out.length() - 1) == '\n') {
      out.setLength(out.length() - 1);
    }
  }

  /** Appends the line that tells of lost events, without a line feed. */
  public void append(StringBuilder out, LostEvents lost) {
    out.append("CPU:").append(lost.cpu()).append(" [");
    out.append(lost.isCounted() ? lost.count() + " " : "").append("EVENTS DROPPED]");
  }

  private void appendTime(StringBuilder out, long nanos) {
    if (!nanoseconds) {
      String raw = Long.toUnsignedString(nanos);
      out.repeat(' ', Math.max(0, 13 - raw.length())).append(raw);
      return;
    }
    long micros = Long.divideUnsigned(nanos + 500, 1000);
    String seconds = Long.toString(micros / 1_000_000);
    String fraction = Long.toString(micros % 1_000_000);
    out.append(' ').repeat(' ', Math.max(0, 5 - seconds.length())).append(seconds).append('.');
    out.repeat('0', 6 - fraction.length()).append(fraction);
  }

  private static void appendFlags(StringBuilder out, Event event) {
    long state = common(event, "common_flags");
    long preempt = common(event, "common_preempt_count");
    out.append((state & IRQS_OFF) != 0 ? 'd' : (state & IRQS_NOSUPPORT) != 0 ? 'X' : '.');
    out.append((state & NEED_RESCHED) != 0 ? 'N' : '.');
    boolean hard = (state & HARDIRQ) != 0;
    boolean soft = (state & SOFTIRQ) != 0;
    out.append(hard && soft ? 'H' : hard ? 'h' : soft ? 's' : '.');
    appendNibble(out, preempt & 0xf);
    appendNibble(out, preempt >> 4 & 0xf);
  }

  private static void appendNibble(StringBuilder out, long value) {
    out.append(value == 0 ? '.' : Character.forDigit((int) value, 16));
  }

  private static long common(Event event, String field) {
    return event.format().findField(field).map(event::number).orElse(0L) & 0xff;
  }
}
