package besser.trace.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import besser.trace.LostEvents;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class FoldedStacksTest {
  @Test
  void writesOneLinePerChainFromItsRoot() throws IOException {
    FoldedStacks stacks = new FoldedStacks(Weight.SAMPLES, false);
    stacks.sample(StubSample.of(7, "kworker", 1, StubSample.RX_WORK, StubSample.WORKER));
    stacks.sample(StubSample.of(8, "app", 2, StubSample.MAIN));
    stacks.sample(StubSample.of(9, "kworker", 3, StubSample.RX_WORK, StubSample.WORKER));
    stacks.lost(new LostEvents(0, 4, 5));
    stacks.lost(new LostEvents(0, 5, LostEvents.COUNT_UNKNOWN));

    StringWriter text = new StringWriter();
    stacks.writeTo(text);
    assertEquals(
        """
        main:"x" 1
        worker_thread_[k];rx_work_[k] 2
        """,
        text.toString());
    assertEquals(6, stacks.lostSamples());
  }

  @Test
  void weighsByPeriodAndBeginsWithTheTask() throws IOException {
    FoldedStacks stacks = new FoldedStacks(Weight.PERIOD, true);
    stacks.sample(StubSample.of(7, "kworker/1:1", 1, StubSample.RX_WORK));
    stacks.sample(StubSample.of(7, "kworker/1:1", 2, StubSample.RX_WORK));

    StringWriter text = new StringWriter();
    stacks.writeTo(text);
    assertEquals("kworker/1:1;rx_work_[k] 500000\n", text.toString());
  }

  @Test
  void writesBothCountsOfEveryChainOfEither() throws IOException {
    FoldedStacks before = new FoldedStacks(Weight.SAMPLES, false);
    FoldedStacks after = new FoldedStacks(Weight.SAMPLES, false);
    before.sample(StubSample.of(7, "a", 1, StubSample.RX_WORK));
    after.sample(StubSample.of(7, "a", 1, StubSample.RX_WORK));
    after.sample(StubSample.of(7, "a", 1, StubSample.RX_WORK));
    after.sample(StubSample.of(7, "a", 1, StubSample.WORKER));

    StringWriter text = new StringWriter();
    FoldedStacks.writeDifference(before, after, text);
    assertEquals("rx_work_[k] 1 2\nworker_thread_[k] 0 1\n", text.toString());
  }
}
