package besser.rig.real;

import besser.experiment.plan.DevicePlan;
import besser.metrics.Window;
import besser.rig.connection.Connection;
import besser.rig.connection.Running;
import besser.rig.connection.Shell;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import besser.trace.TraceFormatException;
import besser.trace.perf.PerfData;
import besser.trace.perf.SymbolSources;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code perf record} on the device, its samples streamed to a file here, and read behind the step;
 * nothing is written on the device. Samples are folded by call stack for the report.
 */
final class ProfileCapture implements AutoCloseable {
  private static final int PIECE_BYTES = 1 << 16;

  /** For perf to read the symbols of what runs, before it writes its first byte. */
  private static final Duration BEGIN_LIMIT = Duration.ofSeconds(10);

  /** From perf's first bytes, its header, to its sampling: it looks at every process between. */
  private static final long LEAD_NANOS = 1_000_000_000L;

  /** For perf to write what its buffers hold. */
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final Running perf;
  private final Path file;
  private final Path kallsyms;
  private final Thread thread;
  private final CountDownLatch began = new CountDownLatch(1);
  private volatile Optional<String> failure = Optional.empty();

  /** What was sampled. */
  record Folded(String stacks, long samples, long idleSamples) {}

  /**
   * Begins to sample.
   *
   * @param kallsyms the device's kernel symbols
   * @param file keeps the samples until they are read; removed then
   */
  ProfileCapture(Connection shell, DevicePlan.Sampling sampling, String kallsyms, Path file)
      throws IOException {
    this.file = file;
    this.kallsyms = file.resolveSibling(file.getFileName() + ".kallsyms");
    try {
      Files.writeString(this.kallsyms, kallsyms, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // What was written of it would keep a full disk full.
      Files.deleteIfExists(this.kallsyms);
      throw e;
    }
    String command =
        "exec perf record -q -a -g -k mono -e %s -F %d -o -"
            .formatted(Shell.word(sampling.event()), sampling.hertz());
    this.perf = shell.start(Shell.untilInputEnds(command));
    this.thread = Thread.ofPlatform().daemon().name("profile").start(this::keep);
  }

  private void keep() {
    byte[] piece = new byte[PIECE_BYTES];
    try (InputStream in = perf.output();
        OutputStream out = Files.newOutputStream(file)) {
      for (int count; (count = in.read(piece)) >= 0; ) {
        out.write(piece, 0, count);
        began.countDown();
      }
    } catch (IOException e) {
      failure = Optional.of(String.valueOf(e.getMessage()));
    } finally {
      began.countDown();
    }
  }

  /** Waits until perf samples, or has failed to. */
  void awaitSampling() {
    try {
      if (!began.await(BEGIN_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) LinuxStep.await(System.nanoTime() + LEAD_NANOS);
  }

  /**
   * Ends sampling and reads what was sampled.
   *
   * @param sink is given every sample
   */
  Folded stop(Window window, SampleSink sink) {
    end();
    Folding folding = new Folding(sink, window);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      SymbolSources symbols = SymbolSources.none().withKallsyms(kallsyms).cleaned();
      PerfData.of(in, "perf record", symbols).readSamples(folding);
    } catch (TraceFormatException | IOException | UncheckedIOException e) {
      String said = perf.errors().strip();
      failure = Optional.of(said.isEmpty() ? String.valueOf(e.getMessage()) : said);
    } finally {
      close();
    }
    return folding.folded();
  }

  /** Where the samples are while they come in. */
  LiveSymbols.GrowingProfile growing() {
    return new LiveSymbols.GrowingProfile(file, kallsyms);
  }

  /** Why there are no samples, when perf failed. */
  Optional<String> failure() {
    return failure;
  }

  private void end() {
    try {
      perf.input().close();
    } catch (IOException e) {
      // It has ended before, or the connection broke.
    }
    perf.awaitEnd(END_LIMIT);
    perf.close();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end();
    try {
      Files.deleteIfExists(kallsyms);
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + file, e);
    }
  }

  /** Hands samples on, and counts the step's by stack. */
  private static final class Folding implements SampleSink {
    private final SampleSink sink;
    private final Window window;
    private final Map<String, Long> stacks = new HashMap<>();
    private final StringBuilder stack = new StringBuilder();
    private long samples;
    private long idle;

    Folding(SampleSink sink, Window window) {
      this.sink = sink;
      this.window = window;
    }

    @Override
    public void sample(Sample sample) {
      sink.sample(sample);
      if (!window.contains(sample.timeNanos())) return;
      if (sample.idle()) {
        idle++;
        return;
      }
      samples++;
      stack.setLength(0);
      for (int i = sample.depth() - 1; i >= 0; i--) {
        stack.append(sample.frame(i).symbol().replace(';', ':').replace(' ', '_'));
        if (i > 0) stack.append(';');
      }
      stacks.merge(stack.toString(), 1L, Long::sum);
    }

    @Override
    public void lost(LostEvents lost) {
      sink.lost(lost);
    }

    @Override
    public void throttled(int cpu, long timeNanos) {
      sink.throttled(cpu, timeNanos);
    }

    Folded folded() {
      StringBuilder text = new StringBuilder();
      new TreeMap<>(stacks).forEach((s, n) -> text.append(s).append(' ').append(n).append('\n'));
      return new Folded(text.toString(), samples, idle);
    }
  }
}
