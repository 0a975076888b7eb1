package besser.trace.ring;

import besser.trace.CountingSink;
import besser.trace.EventCatalogue;
import besser.trace.EventSink;
import besser.trace.EventSource;
import besser.trace.IssueCounts;
import besser.trace.KernelSymbols;
import besser.trace.TaskNames;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Events from the ring-buffer pages of several CPUs. */
public final class RingSource implements EventSource {
  private final RingContext context;
  private final Supplier<KernelSymbols> symbols;
  private final String clock;
  private final List<CpuPages> cpuPages;
  private final Runnable onClose;
  private final int threads;

  /** One CPU's pages, which can be opened any number of times. */
  public interface CpuPages {
    /** The CPU, {@code >= 0}. */
    int cpu();

    /** Starts reading its pages from the first. */
    PageStream open();
  }

  /**
   * @param symbols asked when the symbols are first needed
   * @param clock the trace clock's name
   * @param cpuPages by ascending CPU
   * @param onClose releases what the pages lie in
   */
  public RingSource(
      RingContext context,
      Supplier<KernelSymbols> symbols,
      String clock,
      List<? extends CpuPages> cpuPages,
      Runnable onClose) {
    this(
        context,
        symbols,
        clock,
        cpuPages,
        onClose,
        Math.clamp(cpuPages.size(), 1, Runtime.getRuntime().availableProcessors()));
  }

  private RingSource(
      RingContext context,
      Supplier<KernelSymbols> symbols,
      String clock,
      List<? extends CpuPages> cpuPages,
      Runnable onClose,
      int threads) {
    this.context = context;
    this.threads = threads;
    this.symbols = symbols;
    this.clock = clock;
    this.cpuPages = List.copyOf(cpuPages);
    this.onClose = onClose;
  }

  /** A source whose pages are waited for, so that every CPU needs a thread of its own. */
  public static RingSource live(
      RingContext context,
      Supplier<KernelSymbols> symbols,
      String clock,
      List<? extends CpuPages> cpuPages) {
    return new RingSource(
        context, symbols, clock, cpuPages, () -> {}, Math.max(1, cpuPages.size()));
  }

  @Override
  public String name() {
    return context.name();
  }

  @Override
  public EventCatalogue catalogue() {
    return context.catalogue();
  }

  @Override
  public TaskNames taskNames() {
    return context.taskNames();
  }

  @Override
  public KernelSymbols symbols() {
    return symbols.get();
  }

  @Override
  public String clock() {
    return clock;
  }

  @Override
  public IssueCounts issues() {
    return context.issues();
  }

  @Override
  public List<Integer> cpus() {
    return cpuPages.stream().map(CpuPages::cpu).toList();
  }

  /** How the pages of this source are laid out. */
  public PageLayout layout() {
    return context.layout();
  }

  /** The pages behind the events, for copying them as they are. */
  public List<CpuPages> cpuPages() {
    return cpuPages;
  }

  @Override
  public void readEachCpu(IntFunction<? extends EventSink> sinkOfCpu) {
    List<EventSink> sinks = new ArrayList<>();
    for (CpuPages pages : cpuPages) {
      sinks.add(sinkOfCpu.apply(pages.cpu()));
    }
    try (ExecutorService readers = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < cpuPages.size(); i++) {
        CpuPages pages = cpuPages.get(i);
        EventSink sink = sinks.get(i);
        running.add(readers.submit(() -> drain(pages, sink)));
      }
      for (Future<?> each : running) {
        await(each);
      }
    }
  }

  private void drain(CpuPages pages, EventSink sink) {
    try (PageStream stream = pages.open()) {
      RingCursor cursor = new RingCursor(stream, pages.cpu(), context);
      if (sink instanceof CountingSink counting) {
        cursor.countTo(counting);
      } else {
        cursor.drainTo(sink);
      }
    }
  }

  private static void await(Future<?> reader) {
    try {
      reader.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading events", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void readInTimeOrder(EventSink sink) {
    List<PageStream> streams = new ArrayList<>();
    try {
      PriorityQueue<RingCursor> queue = new PriorityQueue<>(RingSource::earlier);
      for (CpuPages pages : cpuPages) {
        PageStream stream = pages.open();
        streams.add(stream);
        RingCursor cursor = new RingCursor(stream, pages.cpu(), context);
        if (cursor.advance()) {
          queue.add(cursor);
        } else {
          cursor.deliverLossAtEnd(sink);
        }
      }
      merge(queue, sink);
    } finally {
      streams.forEach(PageStream::close);
    }
  }

  private static void merge(PriorityQueue<RingCursor> queue, EventSink sink) {
    while (!queue.isEmpty()) {
      RingCursor first = queue.remove();
      RingCursor second = queue.peek();
      boolean more;
      do {
        first.deliverTo(sink);
        more = first.advance();
      } while (more && (second == null || earlier(first, second) < 0));
      if (more) {
        queue.add(first);
      } else {
        first.deliverLossAtEnd(sink);
      }
    }
  }

  private static int earlier(RingCursor a, RingCursor b) {
    int byTime = Long.compare(a.timeNanos(), b.timeNanos());
    return byTime != 0 ? byTime : Integer.compare(a.cpu(), b.cpu());
  }

  @Override
  public void close() {
    onClose.run();
  }
}
