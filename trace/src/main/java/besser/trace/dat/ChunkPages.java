package besser.trace.dat;

import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.ring.PageStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The pages of one CPU kept in compressed chunks: a count, then per chunk two sizes and the bytes.
 * One chunk is expanded at a time.
 */
final class ChunkPages implements PageStream {
  /** Larger chunks are refused: trace-cmd writes ten pages a chunk. */
  static final int CHUNK_BYTES_LIMIT = 32 << 20;

  private final MemorySegment region;
  private final long fileOffset;
  private final Compression compression;
  private final ValueLayout.OfInt wordLayout;
  private final int pageBytes;
  private final String file;
  private final IssueCounts issues;

  private ByteBuffer buffer = ByteBuffer.allocateDirect(0);
  private MemorySegment expanded = MemorySegment.NULL;
  private long expandedBytes;
  private long start;
  private long chunksLeft = -1;
  private long at;
  private long chunkAt;

  ChunkPages(
      MemorySegment region,
      long fileOffset,
      Compression compression,
      ByteOrder order,
      int pageBytes,
      String file,
      IssueCounts issues) {
    this.region = region;
    this.fileOffset = fileOffset;
    this.compression = compression;
    this.wordLayout = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
    this.pageBytes = pageBytes;
    this.file = file;
    this.issues = issues;
  }

  @Override
  public boolean next() {
    start += pageBytes;
    while (start >= expandedBytes) {
      if (!nextChunk()) {
        return false;
      }
      start = 0;
    }
    return true;
  }

  /** Expands the next chunk; a damaged one is counted and leaves nothing expanded. */
  private boolean nextChunk() {
    expandedBytes = 0;
    if (chunksLeft < 0) {
      if (region.byteSize() < 4) {
        chunksLeft = 0;
        return false;
      }
      chunksLeft = word(0);
      at = 4;
    }
    if (chunksLeft == 0) {
      return false;
    }
    chunksLeft--;
    chunkAt = at;
    if (at + 8 > region.byteSize()) {
      return cutShort();
    }
    long compressedBytes = word(at);
    long declaredBytes = word(at + 4);
    at += 8;
    if (at + compressedBytes > region.byteSize()) {
      return cutShort();
    }
    if (declaredBytes > CHUNK_BYTES_LIMIT || compressedBytes > CHUNK_BYTES_LIMIT) {
      issues.add(Issue.DAMAGED_CHUNK, file, fileOffset + chunkAt);
    } else {
      expand(region.asSlice(at, compressedBytes), (int) declaredBytes);
    }
    at += compressedBytes;
    return true;
  }

  private boolean cutShort() {
    issues.add(Issue.TRUNCATED_DATA, file, fileOffset + chunkAt);
    chunksLeft = 0;
    return false;
  }

  private void expand(MemorySegment from, int declaredBytes) {
    if (buffer.capacity() < declaredBytes) {
      buffer = ByteBuffer.allocateDirect(declaredBytes);
      expanded = MemorySegment.ofBuffer(buffer);
    }
    buffer.clear().limit(declaredBytes);
    int written = compression.expand(from, buffer);
    if (written != declaredBytes) {
      issues.add(Issue.DAMAGED_CHUNK, file, fileOffset + chunkAt);
      return;
    }
    expandedBytes = written;
  }

  private long word(long offset) {
    return region.get(wordLayout, offset) & 0xffff_ffffL;
  }

  @Override
  public MemorySegment segment() {
    return expanded;
  }

  @Override
  public long startBytes() {
    return start;
  }

  @Override
  public int lengthBytes() {
    return (int) Math.min(pageBytes, expandedBytes - start);
  }

  @Override
  public long fileOffset() {
    return fileOffset + chunkAt;
  }

  @Override
  public void close() {
    buffer = ByteBuffer.allocateDirect(0);
    expanded = MemorySegment.NULL;
    expandedBytes = 0;
  }
}
