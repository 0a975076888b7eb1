package besser.trace.record;

import besser.trace.ring.PageStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;

/**
 * The pages of one CPU of a running trace. Ends when recording has stopped and the buffer is read
 * empty. Opened, read and closed by one thread.
 */
final class PipePages implements PageStream {
  private static final int POLL_MILLIS = 50;

  /** Empty reads in a row that end the stream once recording has stopped. */
  private static final int EMPTY_READS_AT_END = 8;

  private final NativePipe pipe;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment page;
  private final BooleanSupplier stopped;
  private int length;
  private long position;
  private boolean waitFirst = true;

  /**
   * @param stopped whether tracing has been switched off
   */
  PipePages(String traceRaw, int pageBytes, BooleanSupplier stopped) throws IOException {
    this.pipe = new NativePipe(traceRaw);
    this.page = arena.allocate(pageBytes, 8);
    this.stopped = stopped;
  }

  @Override
  public boolean next() {
    try {
      int empty = 0;
      while (true) {
        boolean atEnd = stopped.getAsBoolean();
        if (waitFirst && !atEnd) {
          waitFirst = !pipe.await(POLL_MILLIS);
          continue;
        }
        int count = pipe.read(page);
        if (count > 0) {
          position += length;
          length = count;
          return true;
        }
        if (!atEnd) {
          // zero is not the end of file while tracing is on: wait for the buffer to fill again
          waitFirst = true;
        } else if (++empty >= EMPTY_READS_AT_END) {
          return false;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public MemorySegment segment() {
    return page;
  }

  @Override
  public long startBytes() {
    return 0;
  }

  @Override
  public int lengthBytes() {
    return length;
  }

  @Override
  public long fileOffset() {
    return position;
  }

  @Override
  public void close() {
    pipe.close();
    arena.close();
  }
}
