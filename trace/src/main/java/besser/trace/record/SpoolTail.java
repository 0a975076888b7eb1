package besser.trace.record;

import besser.trace.EventSink;
import besser.trace.EventSource;
import besser.trace.KernelSymbols;
import besser.trace.dat.BufferPages;
import besser.trace.ring.PageStream;
import besser.trace.ring.RingContext;
import besser.trace.ring.RingSource;
import besser.trace.ring.SegmentPages;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Looks on at a recording to disk: hands out the events of the pages that came since the last look,
 * at the first look those from the start on. It reads the raw pages' files, so neither the kernel
 * nor the recording notices. Used by one thread; its end is the recording's.
 */
public final class SpoolTail {
  /** Read at most in one look, of each CPU; what is older is skipped. */
  private static final long LOOK_BYTES = 16L << 20;

  private final RingContext context;
  private final Supplier<KernelSymbols> symbols;
  private final String clock;
  private final List<Spool> spools;
  private boolean skipped;

  /** One CPU's file, and how much of it was looked at. */
  private static final class Spool {
    private final int cpu;
    private final Path file;
    private long seenBytes;

    Spool(BufferPages.CpuFile spool) {
      this.cpu = spool.cpu();
      this.file = spool.pages();
    }
  }

  SpoolTail(
      RingContext context,
      Supplier<KernelSymbols> symbols,
      String clock,
      List<BufferPages.CpuFile> files) {
    this.context = context;
    this.symbols = symbols;
    this.clock = clock;
    this.spools = new ArrayList<>();
    for (BufferPages.CpuFile file : files) spools.add(new Spool(file));
  }

  /** Where formats and symbols can be looked up; not to be read. */
  public EventSource source() {
    return new RingSource(context, symbols, clock, List.of(), () -> {});
  }

  /** Whether there was more to look at than one look takes, so that pages were left out. */
  public boolean hasSkipped() {
    return skipped;
  }

  /**
   * Hands out what is new since the last call, CPU by CPU.
   *
   * @throws IOException when a file cannot be read, for example because the recording has ended
   */
  public void read(IntFunction<? extends EventSink> sinkOfCpu) throws IOException {
    int pageBytes = context.layout().pageBytes();
    List<RingSource.CpuPages> fresh = new ArrayList<>();
    for (Spool spool : spools) {
      MemorySegment pages = MemorySegment.ofArray(pages(spool, pageBytes));
      fresh.add(new Fresh(spool.cpu, pages, pageBytes));
    }
    new RingSource(context, symbols, clock, fresh, () -> {}).readEachCpu(sinkOfCpu);
  }

  /** The whole pages that were added. */
  private byte[] pages(Spool spool, int pageBytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(spool.file.toFile(), "r")) {
      long end = file.length() / pageBytes * pageBytes;
      long from = Math.max(spool.seenBytes, end - LOOK_BYTES);
      skipped |= from > spool.seenBytes;
      byte[] pages = new byte[Math.toIntExact(Math.max(0, end - from))];
      file.seek(from);
      file.readFully(pages);
      spool.seenBytes = end;
      return pages;
    }
  }

  private record Fresh(int cpu, MemorySegment pages, int pageBytes) implements RingSource.CpuPages {
    @Override
    public PageStream open() {
      return new SegmentPages(pages, 0, pageBytes);
    }
  }
}
