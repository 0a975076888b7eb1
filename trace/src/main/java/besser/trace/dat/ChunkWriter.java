package besser.trace.dat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Writes one CPU's pages in compressed chunks as version 7 keeps them: a count, then per chunk two
 * sizes and the bytes. Takes pages as they come, so that a recording is compressed while it runs.
 */
public final class ChunkWriter implements AutoCloseable {
  /** As many pages a chunk as trace-cmd puts in one. */
  private static final int PAGES_PER_CHUNK = 10;

  private final FileChannel out;
  private final Compression compression;
  private final ByteOrder order;
  private final ByteBuffer chunk;
  private final long start;
  private int chunks;

  /**
   * Starts where a channel stands.
   *
   * @param order byte order of the file the chunks are for
   * @throws IllegalArgumentException without a compression
   */
  public ChunkWriter(FileChannel out, Compression compression, ByteOrder order, int pageBytes)
      throws IOException {
    if (compression == Compression.NONE) {
      throw new IllegalArgumentException("chunks must be compressed, got none");
    }
    this.out = out;
    this.compression = compression;
    this.order = order;
    this.chunk = ByteBuffer.allocate(PAGES_PER_CHUNK * pageBytes);
    this.start = out.position();
    TraceDatWriter.append(out, new DatOutput(order).uint32(0).toByteArray());
  }

  /** Adds pages, or parts of them; takes all that remains in the buffer. */
  public void add(ByteBuffer pages) throws IOException {
    while (pages.hasRemaining()) {
      int count = Math.min(pages.remaining(), chunk.remaining());
      chunk.put(pages.slice(pages.position(), count));
      pages.position(pages.position() + count);
      if (!chunk.hasRemaining()) {
        flush();
      }
    }
  }

  private void flush() throws IOException {
    byte[] packed = compression.compress(chunk.array(), chunk.position());
    TraceDatWriter.append(
        out, new DatOutput(order).uint32(packed.length).uint32(chunk.position()).toByteArray());
    TraceDatWriter.append(out, packed);
    chunk.clear();
    chunks++;
  }

  /**
   * Writes what is left and how many chunks there are; the channel stays open. Without a page there
   * is nothing, not even the count.
   */
  @Override
  public void close() throws IOException {
    if (chunk.position() > 0) {
      flush();
    }
    if (chunks == 0) {
      out.truncate(start).position(start);
      return;
    }
    ByteBuffer count = ByteBuffer.wrap(new DatOutput(order).uint32(chunks).toByteArray());
    while (count.hasRemaining()) {
      out.write(count, start + count.position());
    }
  }
}
