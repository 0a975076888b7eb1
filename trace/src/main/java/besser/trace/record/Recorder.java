package besser.trace.record;

import besser.trace.EventCatalogue;
import besser.trace.EventSink;
import besser.trace.EventSource;
import besser.trace.IssueCounts;
import besser.trace.TaskNames;
import besser.trace.dat.BufferPages;
import besser.trace.dat.CpuStats;
import besser.trace.dat.TraceDatWriter;
import besser.trace.dat.TraceMetadata;
import besser.trace.dat.WriteOptions;
import besser.trace.ring.PageLayout;
import besser.trace.ring.PageStream;
import besser.trace.ring.RingContext;
import besser.trace.ring.RingSource;
import besser.trace.ring.TimeConversion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Records events of this machine's kernel into a trace.dat, or hands them out live.
 *
 * <pre>{@code
 * try (Recorder recorder = Recorder.prepare(Tracefs.mounted(), plan)) {
 *   recorder.startToDisk(Path.of("out/trace.dat"));
 *   ... the load ...
 *   Recorder.Outcome outcome = recorder.stop(WriteOptions.of(7, Compression.ZSTD));
 * }
 * }</pre>
 *
 * <p>Everything it makes in the kernel is removed by {@link #close}, which a shutdown hook calls
 * too; what a killed run left is removed by the next {@link #prepare}.
 */
public final class Recorder implements AutoCloseable {
  private static final int SIZING_MILLIS = 100;

  private final Tracefs tracefs;
  private final RecordingPlan plan;
  private final TraceInstance instance;
  private final List<Integer> cpus;
  private final PageLayout layout;
  private final BufferSizing sizing;
  private final TaskSnapshot tasks = new TaskSnapshot();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<AtomicLong> bytesRead = new ArrayList<>();
  private final List<Future<?>> writers = new ArrayList<>();
  private final List<BufferPages.CpuFile> spools = new ArrayList<>();
  private final Thread shutdownHook;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Path target = Path.of("");

  /**
   * What a recording came to.
   *
   * @param file the trace.dat; empty path when events were handed out live
   * @param stats what the kernel says of each CPU's buffer
   * @param bufferKilobytes size each CPU's buffer had at the end
   * @param bytes of pages read
   */
  public record Outcome(Path file, List<CpuStats> stats, int bufferKilobytes, long bytes) {
    public Outcome {
      stats = List.copyOf(stats);
    }

    /** Events the kernel lost, over all CPUs. */
    public long lost() {
      return stats.stream().mapToLong(CpuStats::lost).sum();
    }
  }

  /**
   * Checks the plan and sets all up; nothing is recorded yet.
   *
   * @throws RecordingException when something the plan names does not exist, or the kernel refuses
   */
  public static Recorder prepare(Tracefs tracefs, RecordingPlan plan) throws RecordingException {
    PlanCheck.require(tracefs, plan);
    TraceInstance.removeStale(tracefs);
    TraceInstance instance = TraceInstance.create(tracefs);
    try {
      return new Recorder(tracefs, plan, instance);
    } catch (IOException | RuntimeException | RecordingException e) {
      try {
        instance.close();
      } catch (IOException failed) {
        e.addSuppressed(failed);
      }
      if (e instanceof RecordingException refused) {
        throw refused;
      }
      throw new RecordingException("recording cannot be set up: " + e.getMessage(), e);
    }
  }

  private Recorder(Tracefs tracefs, RecordingPlan plan, TraceInstance instance)
      throws IOException, RecordingException {
    this.tracefs = tracefs;
    this.plan = plan;
    this.instance = instance;
    this.cpus = Tracefs.cpus(instance.directory());
    this.sizing = new BufferSizing(plan.bufferKilobytes(), plan.bufferKilobytesLimit());
    String headerPage = Tracefs.read(tracefs.root().resolve("events/header_page"));
    this.layout =
        PageLayout.parse(headerPage, java.nio.ByteOrder.nativeOrder(), 0, "events/header_page", 0);
    instance.set("trace_clock", plan.clock());
    instance.set("buffer_size_kb", Integer.toString(sizing.kilobytes()));
    instance.set("buffer_percent", Integer.toString(plan.bufferPercent()));
    for (KprobeChoice kprobe : plan.kprobes()) {
      instance.addKprobe(kprobe);
      instance.enable(EventChoice.of(instance.group() + ":" + kprobe.event()));
    }
    for (EventChoice choice : plan.events()) {
      instance.enable(choice);
    }
    for (int i = 0; i < cpus.size(); i++) {
      bytesRead.add(new AtomicLong());
    }
    tasks.addRunning();
    shutdownHook = new Thread(this::removeFromKernel, "remove tracefs instance");
    Runtime.getRuntime().addShutdownHook(shutdownHook);
  }

  /** The instance's directory, for watching it from outside. */
  public Path instanceDirectory() {
    return instance.directory();
  }

  /**
   * Starts recording.
   *
   * @param file where {@link #stop} will put the trace.dat; raw pages are kept beside it until then
   */
  public void startToDisk(Path file) throws RecordingException {
    target = file;
    for (int i = 0; i < cpus.size(); i++) {
      int cpu = cpus.get(i);
      Path spool = file.resolveSibling(file.getFileName() + ".cpu" + cpu);
      AtomicLong read = bytesRead.get(i);
      spools.add(new BufferPages.CpuFile(cpu, spool));
      writers.add(threads.submit(() -> writePages(cpu, spool, read)));
    }
    switchOn();
  }

  /**
   * Starts recording, storing nothing: events are handed out as they come, each CPU's by a thread
   * of its own, until {@link #stop} has delivered the last.
   *
   * @param sinksFor asked once, before the first event, for the sinks by CPU; is given the source,
   *     from which it can look up formats but which it must not read
   */
  public void startLive(
      Function<? super EventSource, ? extends IntFunction<? extends EventSink>> sinksFor)
      throws RecordingException {
    IssueCounts issues = new IssueCounts();
    String name = instance.directory().toString();
    try {
      TraceMetadata metadata = metadata("");
      EventCatalogue catalogue = metadata.catalogue(layout.commitBytes(), name, issues);
      TaskNames taskNames = metadata.taskNames(name, issues);
      RingContext context =
          new RingContext(name, layout, catalogue, taskNames, TimeConversion.NONE, issues);
      List<RingSource.CpuPages> pages = new ArrayList<>();
      for (int i = 0; i < cpus.size(); i++) {
        pages.add(new LivePages(cpus.get(i), bytesRead.get(i)));
      }
      RingSource source =
          RingSource.live(context, () -> metadata.symbols(name, issues), plan.clock(), pages);
      IntFunction<? extends EventSink> sinks = sinksFor.apply(source);
      writers.add(threads.submit(() -> source.readEachCpu(sinks)));
      switchOn();
    } catch (IOException e) {
      throw new RecordingException("recording cannot start: " + e.getMessage(), e);
    }
  }

  /** One CPU's pages as they come. */
  private final class LivePages implements RingSource.CpuPages {
    private final int cpu;
    private final AtomicLong read;

    LivePages(int cpu, AtomicLong read) {
      this.cpu = cpu;
      this.read = read;
    }

    @Override
    public int cpu() {
      return cpu;
    }

    @Override
    public PageStream open() {
      try {
        return openPipe(cpu, read);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private PipePages openPipe(int cpu, AtomicLong read) throws IOException {
    Path pipe = instance.directory().resolve("per_cpu/cpu" + cpu).resolve("trace_pipe_raw");
    return new PipePages(pipe, layout.pageBytes(), stopped::get, read);
  }

  private void switchOn() throws RecordingException {
    try {
      instance.set("tracing_on", "1");
    } catch (IOException e) {
      throw new RecordingException("tracing cannot be switched on: " + e.getMessage(), e);
    }
    writers.add(threads.submit(this::growBuffers));
  }

  private void writePages(int cpu, Path spool, AtomicLong read) {
    try (PipePages pages = openPipe(cpu, read);
        FileChannel out =
            FileChannel.open(
                spool,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      while (pages.next()) {
        ByteBuffer page =
            pages.segment().asSlice(pages.startBytes(), pages.lengthBytes()).asByteBuffer();
        while (page.hasRemaining()) {
          out.write(page);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Watches the rate and lets the buffers grow with it until recording stops. */
  private void growBuffers() {
    long[] before = new long[bytesRead.size()];
    long beforeNanos = System.nanoTime();
    try {
      while (!stopped.get()) {
        java.util.concurrent.TimeUnit.MILLISECONDS.sleep(SIZING_MILLIS);
        long nowNanos = System.nanoTime();
        double seconds = Math.max(1e-3, (nowNanos - beforeNanos) / 1e9);
        beforeNanos = nowNanos;
        double highest = 0;
        for (int i = 0; i < before.length; i++) {
          long now = bytesRead.get(i).get();
          highest = Math.max(highest, (now - before[i]) / seconds);
          before[i] = now;
        }
        if (!stopped.get() && sizing.observe(highest)) {
          instance.set("buffer_size_kb", Integer.toString(sizing.kilobytes()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Stops recording, reads what is left and writes the trace.dat if one was asked for. The kernel's
   * side is removed.
   *
   * @throws RecordingException when pages could not be read or the file not be written
   */
  public Outcome stop(WriteOptions options) throws RecordingException {
    try {
      instance.set("tracing_on", "0");
      stopped.set(true);
      for (Future<?> writer : writers) {
        writer.get();
      }
      List<CpuStats> stats = new ArrayList<>();
      List<BufferPages.StatsText> texts = new ArrayList<>();
      for (int cpu : cpus) {
        stats.add(instance.stats(cpu));
        texts.add(new BufferPages.StatsText(cpu, instance.statsText(cpu)));
      }
      if (!spools.isEmpty()) {
        writeFile(options, texts);
      }
      long bytes = bytesRead.stream().mapToLong(AtomicLong::get).sum();
      close();
      return new Outcome(target, stats, sizing.kilobytes(), bytes);
    } catch (IOException e) {
      throw new RecordingException("recording could not be finished: " + e.getMessage(), e);
    } catch (ExecutionException e) {
      throw new RecordingException("pages could not be read: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RecordingException("interrupted while recording was finished", e);
    }
  }

  private TraceMetadata metadata(String cmdlines) throws IOException {
    SortedSet<String> systems = new TreeSet<>();
    plan.events().forEach(choice -> systems.add(choice.system()));
    if (!plan.kprobes().isEmpty()) {
      systems.add(instance.group());
    }
    return tracefs.metadata(systems, cmdlines, plan.clock());
  }

  private void writeFile(WriteOptions options, List<BufferPages.StatsText> stats)
      throws IOException {
    tasks.addRunning();
    String saved = Tracefs.read(tracefs.root().resolve("saved_cmdlines"));
    TraceMetadata metadata = metadata(tasks.merged(saved));
    BufferPages buffer = new BufferPages("", plan.clock(), layout.pageBytes(), spools, stats);
    TraceDatWriter.write(target, metadata, options, List.of(buffer));
  }

  /** Removes instance, kprobes and raw pages; a trace.dat already written stays. */
  @Override
  public void close() throws RecordingException {
    stopped.set(true);
    try (ExecutorService ending = threads) {
      ending.shutdown();
    }
    try {
      for (BufferPages.CpuFile spool : spools) {
        Files.deleteIfExists(spool.pages());
      }
      spools.clear();
      instance.close();
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IOException e) {
      throw new RecordingException(
          "%s could not be removed: %s".formatted(instance.directory(), e.getMessage()), e);
    } catch (IllegalStateException e) {
      // the machine is shutting down and the hook runs already
      return;
    }
  }

  private void removeFromKernel() {
    try {
      stopped.set(true);
      try (ExecutorService ending = threads) {
        ending.shutdown();
      }
      instance.close();
    } catch (IOException e) {
      System.err.println(instance.directory() + " could not be removed: " + e.getMessage());
    }
  }
}
