package besser.experiment.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.json.Schema;
import besser.metrics.Filter;
import besser.metrics.Source;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every kind of source, as a plan writes it. */
class SourceReaderTest {
  private static final String SWITCHES = "{event: \"sched:sched_switch\", per: second}";

  /** Reads a source in the place of one of Patch C's, and holds it against the schema too. */
  private static Source source(String unit, String yaml) throws IOException {
    String plan = Files.readString(Path.of("../plans/patch-c.yaml"));
    String switches = "unit: /s\n    source: " + SWITCHES;
    assertTrue(plan.contains(switches));
    String text =
        plan.replace(switches, "unit: " + unit + "\n    source: " + yaml)
            .replace("    steps: [4MBps]\n", "");
    ObjectNode schema = (ObjectNode) new YAMLMapper().readTree(Schema.PLAN.text());
    JsonNode node = new YAMLMapper().readTree(yaml);
    JsonNode wanted = schema.at("/$defs/source");
    assertTrue(
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(wanted)
            .validate(node)
            .isEmpty(),
        () -> "the schema refuses " + yaml);
    String profiled =
        text.replace("captures: [trace, goodput", "captures: [trace, profile, goodput");
    return PlanReader.read("p.yaml", profiled).plan().metric("sched_switch").source();
  }

  @Test
  void readsEveryKind() throws IOException {
    assertEquals(
        new Source.Goodput(Source.End.SENDER, Source.GoodputStatistic.STALL_SECONDS),
        source("s", "{goodput: sender, statistic: stall-seconds}"));
    assertEquals(
        new Source.EventRate(
            "irq:irq_handler_entry", Optional.of(Filter.parse("irq == 7")), Source.Per.FRAME),
        source("/frame", "{event: \"irq:irq_handler_entry\", where: irq == 7, per: frame}"));
    assertEquals(
        new Source.FunctionRate("wsm_cmd_send", Optional.empty(), Source.Per.SECOND),
        source("/s", "{kprobe: wsm_cmd_send, per: second}"));
    assertEquals(
        new Source.SampleShare(
            Source.SampleMatch.CHAIN, "sdio_rx_work", Source.Denominator.ALL, Optional.of("bh")),
        source("\"%\"", "{samples: share, chain: sdio_rx_work, of: all, thread: bh}"));
    assertEquals(
        new Source.CpuTime(Source.SampleMatch.MODULE, "bes2600", Source.Per.FRAME),
        source("us", "{samples: time, module: bes2600, per: frame}"));
    assertEquals(
        new Source.RunQueueWait(Source.WaitAfter.WAKE_UP, Optional.empty(), 99),
        source("us", "{run-queue-wait: wake-up, percentile: 99}"));
    assertEquals(
        new Source.LockRate("ba_lock", Source.LockAspect.CONTENTIONS, Source.Per.SECOND),
        source("/s", "{lock: ba_lock, count: contentions, per: second}"));
    assertEquals(
        new Source.LockWait("ba_lock", Source.LockWaitStatistic.P99),
        source("us", "{lock: ba_lock, wait: p99}"));
    assertEquals(
        new Source.WakeRate("bh_wq", Optional.empty(), Source.Per.FRAME),
        source("/frame", "{wakes: bh_wq, per: frame}"));
    assertEquals(
        new Source.Series("cpu.busy", Source.Statistic.MAXIMUM),
        source("\"%\"", "{series: cpu.busy, statistic: maximum}"));
    assertEquals(
        new Source.Link(Source.LinkAspect.SECONDS_TO_DEATH),
        source("s", "{link: seconds-to-death}"));
    assertEquals(
        new Source.Ratio("workqueue_execute_start", "mac80211_rx_skbs"),
        source("\"1\"", "{ratio: {of: workqueue_execute_start, to: mac80211_rx_skbs}}"));
    assertEquals(new Source.Spread("goodput"), source("\"%\"", "{spread: goodput}"));
  }

  @Test
  void refusesAKindThatIsNotOne() throws IOException {
    String plan = Files.readString(Path.of("../plans/patch-c.yaml"));
    assertTrue(plan.contains(SWITCHES));
    String text = plan.replace(SWITCHES, "{gossip: loud}");
    assertThrows(PlanRejected.class, () -> PlanReader.read("p.yaml", text));
  }

  @Test
  void refusesAUnitThatMeasuresSomethingElse() {
    PlanRejected refused =
        assertThrows(PlanRejected.class, () -> source("us", "{kprobe: wsm_cmd_send, per: second}"));
    assertTrue(
        String.valueOf(refused.getMessage())
            .contains("must measure one of [EVENT_RATE], got us which measures TIME"));
  }
}
