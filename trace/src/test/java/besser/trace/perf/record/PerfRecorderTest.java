package besser.trace.perf.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import besser.trace.perf.PerfData;
import besser.trace.perf.SymbolSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerfRecorderTest {
  @TempDir Path directory;

  @Test
  void recordsFromReadinessToStopOnTheMonotonicClock() {
    Path file = directory.resolve("perf.data");
    PerfRecordOptions options = PerfRecordOptions.allCpus(file).atHertz(999);
    long ready;
    long stopping;
    try (PerfRecorder recorder = PerfRecorder.start(options)) {
      ready = System.nanoTime();
      while (System.nanoTime() - ready < 300_000_000L) {
        Thread.onSpinWait();
      }
      assertTrue(recorder.isRunning());
      stopping = System.nanoTime();
      assertEquals(file, recorder.stop());
    }
    SampleTimes times = new SampleTimes();
    try (PerfData data = PerfData.open(file, SymbolSources.none())) {
      data.readSamples(times);
      assertTrue(data.issues().isEmpty(), data.issues().toString());
      assertEquals(1, data.features().clockReference().orElseThrow().clockId());
    }
    // on Linux System.nanoTime is CLOCK_MONOTONIC
    assertTrue(times.samplesBetween > 50, times.samplesBetween + " samples");
    assertTrue(times.first > ready - 1_000_000_000L && times.first < stopping);
  }

  @Test
  void saysWhyPerfDoesNotStart() throws IOException {
    Path file = directory.resolve("perf.data");
    PerfRecordOptions options = PerfRecordOptions.allCpus(file).sampling(List.of("no:such_event"));

    PerfRecordException failure =
        assertThrows(PerfRecordException.class, () -> PerfRecorder.start(options));

    assertTrue(failure.toString().contains("no:such_event"), failure.toString());
    assertFalse(Files.exists(file));
  }

  @Test
  void removesWhatItRecordedUnlessStopped() {
    Path file = directory.resolve("perf.data");
    try (PerfRecorder recorder = PerfRecorder.start(PerfRecordOptions.allCpus(file))) {
      assertTrue(recorder.isRunning());
      assertTrue(Files.exists(file));
    }
    assertFalse(Files.exists(file));
  }

  private static final class SampleTimes implements SampleSink {
    private long first;
    private int samplesBetween;

    @Override
    public void sample(Sample sample) {
      first = first == 0 ? sample.timeNanos() : first;
      samplesBetween++;
    }

    @Override
    public void lost(LostEvents lost) {
      throw new AssertionError(lost.toString());
    }

    @Override
    public void throttled(int cpu, long timeNanos) {
      // at any frequency it likes
    }
  }
}
