package besser.experiment.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.metrics.Filter;
import besser.metrics.MetricDefinition;
import besser.metrics.Source;
import besser.metrics.Unit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricExpressionTest {
  @Test
  void takesABareEventForItsRate() {
    assertEquals(
        new MetricDefinition(
            "sched:sched_switch",
            Unit.PER_SECOND,
            new Source.EventRate("sched:sched_switch", Optional.empty(), Source.Per.SECOND)),
        MetricExpression.parse("sched:sched_switch"));
  }

  @Test
  void takesTheSourcesOfPlansWithIdAndUnit() {
    assertEquals(
        new MetricDefinition(
            "rx",
            Unit.PER_SECOND,
            new Source.EventRate(
                "workqueue:workqueue_execute_start",
                Optional.of(Filter.parse("function == a || function == b")),
                Source.Per.SECOND)),
        MetricExpression.parse(
            "rx = event: workqueue:workqueue_execute_start,"
                + " where: function == a || function == b, per: second"));
    assertEquals(
        new MetricDefinition(
            "irq",
            Unit.MILLISECONDS,
            new Source.PairedDuration(
                "irq:irq_handler_entry", "irq:irq_handler_exit", "irq,cpu", Optional.empty(), 99)),
        MetricExpression.parse(
            "irq=duration: {from: 'irq:irq_handler_entry', to: 'irq:irq_handler_exit',"
                + " key: 'irq,cpu', percentile: 99}, unit: ms"));
  }

  @Test
  void givesFiguresTheUnitPeopleReadThemIn() {
    assertEquals(
        Unit.PERCENT,
        MetricExpression.parse("samples: share, symbol: schedule, of: non-idle").unit());
    assertEquals(
        Unit.MICROSECONDS,
        MetricExpression.parse("run-queue-wait: wake-up, percentile: 99").unit());
  }

  @Test
  void saysWhatWouldBeRight() {
    String message =
        String.valueOf(
            assertThrows(
                    PlanRejected.class, () -> MetricExpression.parse("event: sched:sched_switch"))
                .getMessage());
    assertTrue(message.contains("per"), message);
    message =
        String.valueOf(
            assertThrows(PlanRejected.class, () -> MetricExpression.parse("evnt: x, per: second"))
                .getMessage());
    assertTrue(message.contains("goodput, event, kprobe"), message);
    assertThrows(PlanRejected.class, () -> MetricExpression.parse("}"));
  }
}
