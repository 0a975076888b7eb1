package besser.trace.ring;

import java.lang.foreign.MemorySegment;

/** Pages that lie one after another in memory, such as a mapped file. */
public final class SegmentPages implements PageStream {
  private final MemorySegment segment;
  private final long endBytes;
  private final int pageBytes;
  private final long fileOffsetOfSegment;
  private long start;

  /**
   * @param fileOffset where {@code pages} begins in its file
   * @param pageBytes size of one page; the last may be shorter
   */
  public SegmentPages(MemorySegment pages, long fileOffset, int pageBytes) {
    this.segment = pages;
    this.endBytes = pages.byteSize();
    this.pageBytes = pageBytes;
    this.fileOffsetOfSegment = fileOffset;
    this.start = -pageBytes;
  }

  @Override
  public boolean next() {
    start += pageBytes;
    return start < endBytes;
  }

  @Override
  public MemorySegment segment() {
    return segment;
  }

  @Override
  public long startBytes() {
    return start;
  }

  @Override
  public int lengthBytes() {
    return (int) Math.min(pageBytes, endBytes - start);
  }

  @Override
  public long fileOffset() {
    return fileOffsetOfSegment + start;
  }

  @Override
  public void close() {
    // the memory belongs to whoever mapped it
  }
}
