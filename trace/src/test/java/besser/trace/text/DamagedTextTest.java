package besser.trace.text;

import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.Event;
import besser.trace.EventSink;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import besser.trace.mutation.Mutator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Text of any content is read to its end; what is no trace is counted. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DamagedTextTest {
  private static final long SEED = Long.getLong("mutation.seed", 20260103);
  private static final int INPUTS = Integer.getInteger("mutation.inputs", 5000);

  private static final String SCRIPT =
      """
      perf-exec  5889/5890 [000]   695.908816:     500000 cpu-clock:u:\s
      \tffffffff8161f2d7 rx_work.isra.0+0x117 ([bes2600])
      \t           d4ad7 __GI___execve+0x7 (/usr/lib/libc.so.6)
      \t    7f0000000000 [unknown] (/memfd:sealed (deleted))

      swapper     0 [001]   695.909000:     250000 cpu-clock:  ffffffff821f236b safe_halt (k)
      swapper     0 [001]   695.910000: PERF_RECORD_LOST lost 17
      swapper     0 [001]   695.910001: PERF_RECORD_THROTTLE
      """;
  private static final String TRACE =
      """
      # tracer: nop
           <idle>-0    [001] d..2.  1234.567890: sched_switch: prev_comm=a prev_state=R ==> next_pid=1
       kworker/u9:1-45  (   45) [000] .....  1234.567899: workqueue_execute_start: work struct 0: function f
      CPU:1 [LOST 123 EVENTS]
       ksdioirqd-77    [001] .....  1234.569000: mutex_unlock <-rb_simple_write
       ksdioirqd-77    [001] .....  1234.569100: irq_handler_entry: irq=42 name=mmc1 big=0x7fffffffff
      """;

  private long seen;

  @Test
  void readsDamagedSampleTexts() throws IOException {
    Mutator mutator = new Mutator(SEED, List.of(SCRIPT.getBytes(StandardCharsets.US_ASCII)));
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = mutator.next();
      reading(
          i,
          input,
          () -> PerfScriptText.of(new ByteArrayInputStream(input), "t").readSamples(new Samples()));
    }
    assertTrue(seen > INPUTS);
  }

  @Test
  void readsDamagedEventTexts() throws IOException {
    Mutator mutator = new Mutator(SEED, List.of(TRACE.getBytes(StandardCharsets.US_ASCII)));
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = mutator.next();
      reading(
          i,
          input,
          () -> FtraceText.of(new ByteArrayInputStream(input), "t").readInTimeOrder(new Events()));
    }
    assertTrue(seen > INPUTS);
  }

  private static void reading(int index, byte[] input, Runnable read) throws IOException {
    try {
      read.run();
    } catch (RuntimeException | Error e) {
      Path find = Files.createTempFile("text-find", ".txt");
      Files.write(find, input);
      throw new AssertionError(
          "mutation %d of seed %d, kept in %s".formatted(index, SEED, find), e);
    }
  }

  private final class Samples implements SampleSink {
    @Override
    public void sample(Sample sample) {
      boolean idle = sample.idle();
      assertTrue(!idle || sample.tid() == 0);
      for (int i = 0; i < sample.depth(); i++) {
        assertTrue(!sample.frame(i).symbol().isEmpty());
      }
      seen++;
    }

    @Override
    public void lost(LostEvents lost) {
      seen++;
    }

    @Override
    public void throttled(int cpu, long timeNanos) {
      assertTrue(cpu >= 0);
    }
  }

  private final class Events implements EventSink {
    @Override
    public void event(Event event) {
      event
          .format()
          .fields()
          .forEach(field -> assertTrue(field.kind().isText() || event.length(field) == 1));
      seen++;
    }

    @Override
    public void lost(LostEvents lost) {
      seen++;
    }
  }
}
