package besser.rig.real;

import besser.rig.run.LiveStep;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import besser.trace.TraceFormatException;
import besser.trace.perf.PerfData;
import besser.trace.perf.SymbolSources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Counts the functions that samples landed in, following the file that {@code perf} streams to. */
final class LiveSymbols implements SampleSink, AutoCloseable {
  private static final int SHOWN = 10;

  /** Programs are not taken apart while the step runs, nor is code without a symbol. */
  private static final String ELSEWHERE = "(outside the kernel)";

  private static final long ASK_AGAIN_MILLIS = 250;
  private static final long WANTED_NANOS = 5_000_000_000L;

  private final GrowingProfile files;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private final Map<String, Long> counts = new HashMap<>();
  private volatile long wantedNanos = System.nanoTime();
  private long samples;

  /** A profile that grows, and the symbols that name its addresses. */
  record GrowingProfile(Path samples, Path kallsyms) {}

  /** Begins to follow; a thread of its own reads. */
  LiveSymbols(GrowingProfile files) {
    this.files = files;
    this.thread = Thread.ofPlatform().daemon().name("live-symbols").start(this::follow);
  }

  private void follow() {
    try (InputStream in = new Growing()) {
      SymbolSources symbols = SymbolSources.none().withKallsyms(files.kallsyms).cleaned();
      PerfData.of(in, "perf record", symbols).readSamples(this);
    } catch (TraceFormatException | IOException | UncheckedIOException e) {
      // The samples end in the middle of a record when the step is over; the step reads them whole.
      return;
    }
  }

  /** The file's bytes as they come, until looking ends. */
  private final class Growing extends InputStream {
    private final InputStream in = Files.newInputStream(files.samples);
    private final byte[] one = new byte[1];

    Growing() throws IOException {}

    @Override
    public int read() throws IOException {
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        while (true) {
          boolean wanted = System.nanoTime() - wantedNanos < WANTED_NANOS;
          int count = wanted ? in.read(into, offset, length) : 0;
          if (count > 0 || length == 0) return count;
          if (ended.await(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) return -1;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return -1;
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  @Override
  public synchronized void sample(Sample sample) {
    if (sample.idle()) return;
    samples++;
    String symbol = sample.frame(0).symbol();
    counts.merge(symbol.equals("[unknown]") ? ELSEWHERE : symbol, 1L, Long::sum);
  }

  @Override
  public void lost(LostEvents lost) {
    // The step counts them.
  }

  @Override
  public void throttled(int cpu, long timeNanos) {
    // The step notes it.
  }

  /** Somebody still looks; without that for five seconds reading waits. */
  void want() {
    wantedNanos = System.nanoTime();
  }

  synchronized long samples() {
    return samples;
  }

  /** The functions with most samples, the first with most. */
  synchronized List<LiveStep.Symbol> top() {
    return counts.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<String, Long> e) -> -e.getValue())
                .thenComparing(Map.Entry::getKey))
        .limit(SHOWN)
        .map(e -> new LiveStep.Symbol(e.getKey(), (double) e.getValue() / samples))
        .toList();
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
