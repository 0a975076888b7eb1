package besser.trace.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.Event;
import besser.trace.EventSink;
import besser.trace.Field;
import besser.trace.Issue;
import besser.trace.LostEvents;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FtraceTextTest {
  private static final String TEXT =
      """
      # tracer: nop
      #
      #           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION
                <idle>-0       [001] d..2.  1234.567890: sched_switch: prev_comm=swapper/1 \
      prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=process reaper next_pid=45 next_prio=120
       kworker/u9:1-hci-45  (   45) [000] .....  1234.567899: workqueue_execute_start: \
      work struct 00000000abc: function sdio_rx_work
      CPU:1 [LOST 123 EVENTS]
            ksdioirqd-77      [001] .....  1234.568000: irq_handler_entry: irq=42 name=mmc1
            ksdioirqd-77      [001] .....  1234.568001: irq_handler_exit: irq=42 ret=handled
                 bash-9       [000]  1234.568002: function:  mutex_unlock <-- mutex_lock
            ksdioirqd-77      [001] .....  1234.569000: mutex_unlock <-rb_simple_write
      CPU:0 [LOST EVENTS]
      nonsense
      """;

  private final List<String> lines = new ArrayList<>();

  @Test
  void readsTasksTimesFieldsAndGaps() {
    FtraceText text = FtraceText.of(stream(), "trace");
    text.readInTimeOrder(new Printer());

    assertEquals(
        List.of(
            "1234567890000 1 0 <idle> sched:sched_switch prev_comm='swapper/1' prev_pid=0"
                + " prev_prio=120 prev_state='R' next_comm='process reaper' next_pid=45"
                + " next_prio=120",
            "1234567899000 0 45 kworker/u9:1-hci workqueue:workqueue_execute_start"
                + " work='00000000abc' function='sdio_rx_work'",
            "LostEvents[cpu=1, timeNanos=1234568000000, count=123]",
            "1234568000000 1 77 ksdioirqd irq:irq_handler_entry irq=42 name='mmc1'",
            "1234568001000 1 77 ksdioirqd irq:irq_handler_exit irq=42 ret='handled'",
            "1234568002000 0 9 bash ftrace:function",
            "1234569000000 1 77 ksdioirqd ftrace:function ip='mutex_unlock'"
                + " parent_ip='rb_simple_write'",
            "LostEvents[cpu=0, timeNanos=1234568002000, count=-1]"),
        lines);
    assertEquals(1, text.issues().count(Issue.UNPARSED_LINE));
    assertEquals("ksdioirqd", text.taskNames().name(77));
    assertTrue(text.catalogue().find("sched:sched_switch").isPresent());
  }

  @Test
  void asksForOneSinkPerCpu() {
    List<Integer> asked = new ArrayList<>();
    FtraceText.of(stream(), "trace")
        .readEachCpu(
            cpu -> {
              asked.add(cpu);
              return new Printer();
            });

    assertEquals(List.of(1, 0), asked);
    assertEquals(8, lines.size());
  }

  @Test
  void boundsTheFormatsOfHostileText() {
    StringBuilder hostile = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      hostile.append("a-1 [0] 1.000000: e").append(i).append(": x=1\n");
    }
    FtraceText text =
        FtraceText.of(
            new ByteArrayInputStream(hostile.toString().getBytes(StandardCharsets.US_ASCII)), "t");
    text.readInTimeOrder(new Printer());

    assertEquals(16384, text.catalogue().formats().size());
    assertEquals(20_000 - 16384, text.issues().count(Issue.UNPARSED_LINE));
  }

  private static ByteArrayInputStream stream() {
    return new ByteArrayInputStream(TEXT.getBytes(StandardCharsets.ISO_8859_1));
  }

  private final class Printer implements EventSink {
    @Override
    public void event(Event event) {
      String fields =
          event.format().fields().stream()
              .map(field -> " " + field.name() + "=" + value(event, field))
              .collect(Collectors.joining());
      lines.add(
          "%d %d %d %s %s%s"
              .formatted(
                  event.timeNanos(),
                  event.cpu(),
                  event.pid(),
                  event.comm(),
                  event.format().qualifiedName(),
                  fields));
    }

    private String value(Event event, Field field) {
      return field.kind() == Field.Kind.NUMBER
          ? Long.toString(event.number(field))
          : "'" + event.text(field) + "'";
    }

    @Override
    public void lost(LostEvents lost) {
      lines.add(lost.toString());
    }
  }
}
