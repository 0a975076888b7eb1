package besser.trace.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.Frame;
import besser.trace.Issue;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerfScriptTextTest {
  private static final String TEXT =
      """
      # a comment
      perf-exec  5889 [000]   695.908816:     500000 cpu-clock:\s
      \tffffffff8161f2d7 rx_work.isra.0+0x117 ([bes2600])
      \tffffffff81658996 process_one_work+0x86 ([kernel.kallsyms])
      \t           d4ad7 __GI___execve+0x7 (/usr/lib/libc.so.6)
      \t    7f0000000000 [unknown] (/memfd:sealed (deleted))

      process reaper   12/13 [001]   695.908900123:  sched:sched_switch: prev_comm=a add=1
      \tffffffff8161f2d7 rx_work.isra.0+0x117 ([bes2600])

      swapper     0 [001]   695.909000:     250000 cpu-clock:  ffffffff821f236b safe_halt (k)
      swapper     0 [001]   695.910000: PERF_RECORD_LOST lost 17
      this is no sample
      """;

  private final List<String> samples = new ArrayList<>();
  private final List<LostEvents> losses = new ArrayList<>();
  private final List<Frame> leaves = new ArrayList<>();

  @Test
  void readsSamplesChainsAndLosses() {
    PerfScriptText text = read(PerfScriptText.of(stream(TEXT), "text"));

    assertEquals(
        List.of(
            "perf-exec 5889/5889 0 695908816000 500000 cpu-clock"
                + " rx_work.isra.0|[bes2600]|KERNEL process_one_work|[kernel.kallsyms]|KERNEL"
                + " __GI___execve|/usr/lib/libc.so.6|USER"
                + " [unknown]|/memfd:sealed (deleted)|USER",
            "process reaper 12/13 1 695908900123 1 sched:sched_switch rx_work.isra.0|[bes2600]|KERNEL",
            "swapper 0/0 1 695909000000 250000 cpu-clock safe_halt|k|KERNEL"),
        samples);
    assertEquals(List.of(new LostEvents(1, 695_910_000_000L, 17)), losses);
    assertEquals(1, text.issues().count(Issue.UNPARSED_LINE));
    assertSame(leaves.get(0), leaves.get(1));
  }

  @Test
  void cleansSymbolsOnRequest() {
    read(PerfScriptText.of(stream(TEXT), "text").cleaned());

    assertEquals("rx_work", leaves.get(0).symbol());
  }

  @Test
  void countsLinesThatAreTooLongAndReadsOn() {
    String text = "x".repeat(1 << 18) + "\n" + TEXT;
    PerfScriptText read = read(PerfScriptText.of(stream(text), "text"));

    assertEquals(3, samples.size());
    assertEquals(2, read.issues().count(Issue.UNPARSED_LINE));
  }

  @Test
  void seesIdleCpusAndInterruptsOnTop() {
    String idle =
        "swapper 0 [001] 1.000000: 1 cpu-clock:\n\tffffffff81000000 default_idle (k)\n\tffffffff81000001 do_idle (k)\n\n";
    String busy =
        "swapper 0 [001] 2.000000: 1 cpu-clock:\n\tffffffff81000002 napi_poll (k)\n\tffffffff81000003 handle_softirqs (k)\n\tffffffff81000001 do_idle (k)\n\n";
    List<Boolean> idles = new ArrayList<>();
    PerfScriptText.of(stream(idle + busy), "text").readSamples(new IdleSink(idles));

    assertEquals(List.of(true, false), idles);
  }

  @Test
  void tellsFramesOfTheKernelByTheirModuleWhereTheirAddressDoesNot() {
    String frames =
        """
        swapper 0 [001] 1.000000: 1 cpu-clock:
        \tc0100000 handle_softirqs ([kernel.kallsyms])
        \tbf000000 rx_work ([bes2600])
        \t0 el1_interrupt ([kernel.kallsyms])
        \tffff0000 __kuser_helper ([vectors])
        \t7ffd1000 clock_gettime ([vdso])
        \t12345 [unknown] ([unknown])
        """;
    read(PerfScriptText.of(stream(frames), "text"));

    assertEquals(
        List.of(
            "swapper 0/0 1 1000000000 1 cpu-clock handle_softirqs|[kernel.kallsyms]|KERNEL"
                + " rx_work|[bes2600]|KERNEL el1_interrupt|[kernel.kallsyms]|KERNEL"
                + " __kuser_helper|[vectors]|USER clock_gettime|[vdso]|USER"
                + " [unknown]|[unknown]|USER"),
        samples);
  }

  private PerfScriptText read(PerfScriptText text) {
    text.readSamples(
        new SampleSink() {
          @Override
          public void sample(Sample sample) {
            StringBuilder line = new StringBuilder();
            line.append(
                "%s %d/%d %d %d %d %s"
                    .formatted(
                        sample.comm(),
                        sample.pid(),
                        sample.tid(),
                        sample.cpu(),
                        sample.timeNanos(),
                        sample.period(),
                        sample.eventName()));
            for (int i = 0; i < sample.depth(); i++) {
              Frame frame = sample.frame(i);
              line.append(" %s|%s|%s".formatted(frame.symbol(), frame.module(), frame.space()));
            }
            samples.add(line.toString());
            leaves.add(sample.frame(0));
          }

          @Override
          public void lost(LostEvents lost) {
            losses.add(lost);
          }

          @Override
          public void throttled(int cpu, long timeNanos) {
            throw new AssertionError("nothing was throttled");
          }
        });
    return text;
  }

  private record IdleSink(List<Boolean> idles) implements SampleSink {
    @Override
    public void sample(Sample sample) {
      idles.add(sample.idle());
    }

    @Override
    public void lost(LostEvents lost) {
      assertTrue(idles.isEmpty(), "nothing was lost");
    }

    @Override
    public void throttled(int cpu, long timeNanos) {
      assertTrue(idles.isEmpty(), "nothing was throttled");
    }
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
