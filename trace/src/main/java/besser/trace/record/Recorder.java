package besser.trace.record;

import besser.trace.EventCatalogue;
import besser.trace.EventSink;
import besser.trace.EventSource;
import besser.trace.IssueCounts;
import besser.trace.TaskNames;
import besser.trace.dat.BufferPages;
import besser.trace.dat.ChunkWriter;
import besser.trace.dat.Compression;
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
import java.nio.ByteOrder;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Records events of a machine's kernel into a trace.dat, or hands them out live.
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
  private final TaskSnapshot tasks;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<AtomicLong> bytesRead = new ArrayList<>();
  private final List<Future<?>> writers = new ArrayList<>();
  private final List<BufferPages.CpuFile> spools = new ArrayList<>();
  private final Thread shutdownHook;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Path target = Path.of("");
  private boolean hooked = true;

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
    this.cpus = tracefs.cpus(instance.directory());
    this.tasks = new TaskSnapshot(tracefs.machine());
    this.sizing = new BufferSizing(plan.bufferKilobytes(), plan.bufferKilobytesLimit());
    String headerPage = tracefs.read("events/header_page");
    this.layout =
        PageLayout.parse(headerPage, tracefs.machine().order(), 0, "events/header_page", 0);
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

  /**
   * From now on the caller sees to it that {@link #close} is called when this process is told to
   * end; for callers that want to finish their file then.
   */
  public void leaveShutdownToCaller() {
    Runtime.getRuntime().removeShutdownHook(shutdownHook);
    hooked = false;
  }

  /**
   * How far a running recording is.
   *
   * @param bytes of pages read so far
   * @param lost events the kernel has lost so far
   */
  public record Progress(long bytes, long lost) {}

  /** How far it is. */
  public Progress progress() throws RecordingException {
    try {
      long lost = 0;
      for (int cpu : cpus) {
        lost += instance.stats(cpu).lost();
      }
      return new Progress(bytes(), lost);
    } catch (IOException e) {
      throw new RecordingException("the kernel's statistics cannot be read", e);
    }
  }

  private long bytes() {
    return bytesRead.stream().mapToLong(AtomicLong::get).sum();
  }

  /** The instance's directory on the traced machine, for watching it from outside. */
  public String instanceDirectory() {
    return instance.directory();
  }

  /**
   * Starts recording.
   *
   * @param file where {@link #stop} will put the trace.dat; pages are kept beside it until then
   */
  public void startToDisk(Path file) throws RecordingException {
    startToDisk(file, Compression.NONE);
  }

  /**
   * The same, compressing the pages as they come; {@link #stop} must be given the same compression.
   */
  public void startToDisk(Path file, Compression compression) throws RecordingException {
    target = file;
    for (int i = 0; i < cpus.size(); i++) {
      int cpu = cpus.get(i);
      Path spool = file.resolveSibling(file.getFileName() + ".cpu" + cpu);
      AtomicLong read = bytesRead.get(i);
      BufferPages.CpuFile pages = new BufferPages.CpuFile(cpu, spool, compression);
      spools.add(pages);
      writers.add(threads.submit(() -> writePages(pages, read)));
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
    try {
      RingSource source = liveSource(instance.directory()).source();
      IntFunction<? extends EventSink> sinks = sinksFor.apply(source);
      writers.add(threads.submit(() -> source.readEachCpu(sinks)));
      switchOn();
    } catch (IOException e) {
      throw new RecordingException("recording cannot start: " + e.getMessage(), e);
    }
  }

  /**
   * Starts recording, storing nothing: the events of all CPUs are handed to one sink in the order
   * of their time, some tenths of a second after they happened, until {@link #stop} has delivered
   * the last. Only for this machine.
   *
   * @param sinkFor asked once, before the first event; is given the source, from which it can look
   *     up formats but which it must not read
   */
  public void startLiveInOrder(Function<? super EventSource, ? extends EventSink> sinkFor)
      throws RecordingException {
    String name = instance.directory();
    try {
      LiveSource live = liveSource(name);
      EventSink sink = sinkFor.apply(live.source());
      // opened, used and closed by the thread that runs the rounds
      writers.add(
          threads.submit(
              () -> {
                try (LiveRounds rounds = new LiveRounds(live.context(), sink)) {
                  for (int i = 0; i < cpus.size(); i++) {
                    rounds.add(cpus.get(i), openPipe(cpus.get(i), bytesRead.get(i), () -> true));
                  }
                  rounds.run(stopped::get);
                }
                return null;
              }));
      switchOn();
    } catch (IOException e) {
      throw new RecordingException("recording cannot start: " + e.getMessage(), e);
    }
  }

  /**
   * Looks on at a recording to disk from now on.
   *
   * @throws RecordingException when formats or symbols cannot be read
   */
  public SpoolTail lookOn() throws RecordingException {
    try {
      LiveSource live = liveSource(instance.directory());
      return new SpoolTail(live.context(), live.source()::symbols, plan.clock(), spools);
    } catch (IOException e) {
      throw new RecordingException("cannot look on: " + e.getMessage(), e);
    }
  }

  private record LiveSource(RingContext context, RingSource source) {}

  private LiveSource liveSource(String name) throws IOException {
    IssueCounts issues = new IssueCounts();
    TraceMetadata metadata = metadata("");
    EventCatalogue catalogue = metadata.catalogue(layout.commitBytes(), name, issues);
    TaskNames taskNames = metadata.taskNames(name, issues);
    RingContext context =
        new RingContext(name, layout, catalogue, taskNames, TimeConversion.NONE, issues);
    List<RingSource.CpuPages> pages = new ArrayList<>();
    for (int i = 0; i < cpus.size(); i++) {
      pages.add(new LivePages(cpus.get(i), bytesRead.get(i)));
    }
    return new LiveSource(
        context,
        RingSource.live(context, () -> metadata.symbols(name, issues), plan.clock(), pages));
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
        return openPipe(cpu, read, stopped::get);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private PageStream openPipe(int cpu, AtomicLong read, BooleanSupplier ended) throws IOException {
    String pipe = instance.directory() + "/per_cpu/cpu" + cpu + "/trace_pipe_raw";
    PageStream pages = tracefs.machine().openPages(pipe, layout.pageBytes(), ended);
    return new CountedPages(pages, read);
  }

  private void switchOn() throws RecordingException {
    try {
      instance.set("tracing_on", "1");
    } catch (IOException e) {
      throw new RecordingException("tracing cannot be switched on: " + e.getMessage(), e);
    }
    writers.add(threads.submit(this::growBuffers));
  }

  private void writePages(BufferPages.CpuFile spool, AtomicLong read) {
    try (PageStream pages = openPipe(spool.cpu(), read, stopped::get);
        FileChannel out =
            FileChannel.open(
                spool.pages(),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      if (spool.packed() == Compression.NONE) {
        while (pages.next()) {
          ByteBuffer page = pageOf(pages);
          while (page.hasRemaining()) {
            out.write(page);
          }
        }
        return;
      }
      ByteOrder order = tracefs.machine().order();
      try (ChunkWriter chunks = new ChunkWriter(out, spool.packed(), order, layout.pageBytes())) {
        while (pages.next()) {
          chunks.add(pageOf(pages));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer pageOf(PageStream pages) {
    return pages.segment().asSlice(pages.startBytes(), pages.lengthBytes()).asByteBuffer();
  }

  /** Watches the rate and lets the buffers grow with it until recording stops. */
  private void growBuffers() {
    long[] before = new long[bytesRead.size()];
    long beforeNanos = System.nanoTime();
    try {
      while (!stopped.get()) {
        TimeUnit.MILLISECONDS.sleep(SIZING_MILLIS);
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
      close();
      return new Outcome(target, stats, sizing.kilobytes(), bytes());
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
    return tracefs
        .metadata(systems, cmdlines, plan.clock())
        .renamed(instance.group(), KprobeChoice.SYSTEM);
  }

  private void writeFile(WriteOptions options, List<BufferPages.StatsText> stats)
      throws IOException {
    tasks.addRunning();
    String saved = tracefs.read("saved_cmdlines");
    TraceMetadata metadata = metadata(tasks.merged(saved));
    BufferPages buffer = new BufferPages("", plan.clock(), layout.pageBytes(), spools, stats);
    TraceDatWriter.write(target, metadata, options, List.of(buffer));
  }

  /** Removes instance, kprobes and raw pages; a trace.dat already written stays. */
  @Override
  public void close() throws RecordingException {
    endReaders();
    try {
      for (BufferPages.CpuFile spool : spools) {
        Files.deleteIfExists(spool.pages());
      }
      spools.clear();
      instance.close();
      if (hooked) {
        Runtime.getRuntime().removeShutdownHook(shutdownHook);
      }
    } catch (IOException e) {
      throw new RecordingException(
          "%s could not be removed: %s".formatted(instance.directory(), e.getMessage()), e);
    } catch (IllegalStateException e) {
      // the machine is shutting down and the hook runs already
      return;
    }
  }

  /** Readers on another machine know nothing of {@code stopped}: they end once tracing is off. */
  private void endReaders() {
    stopped.set(true);
    try {
      instance.set("tracing_on", "0");
    } catch (IOException e) {
      // The instance or the machine is gone already, and the readers with it.
    }
    try (ExecutorService ending = threads) {
      ending.shutdown();
    }
  }

  private void removeFromKernel() {
    try {
      endReaders();
      instance.close();
    } catch (IOException e) {
      System.err.println(instance.directory() + " could not be removed: " + e.getMessage());
    }
  }
}
