package besser.trace.record;

import besser.trace.ring.PageStream;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/** Pages whose bytes are counted as they pass, for choosing the buffer's size. */
final class CountedPages implements PageStream {
  private final PageStream pages;
  private final AtomicLong bytesRead;

  CountedPages(PageStream pages, AtomicLong bytesRead) {
    this.pages = pages;
    this.bytesRead = bytesRead;
  }

  @Override
  public boolean next() {
    boolean more = pages.next();
    if (more) {
      bytesRead.addAndGet(pages.lengthBytes());
    }
    return more;
  }

  @Override
  public MemorySegment segment() {
    return pages.segment();
  }

  @Override
  public long startBytes() {
    return pages.startBytes();
  }

  @Override
  public int lengthBytes() {
    return pages.lengthBytes();
  }

  @Override
  public long fileOffset() {
    return pages.fileOffset();
  }

  @Override
  public void close() {
    pages.close();
  }
}
