package besser.trace.ring;

import java.lang.foreign.MemorySegment;

/**
 * The ring-buffer pages of one CPU, one after another. Used by one thread. The bytes of the current
 * page stay valid until the next call of {@link #next}.
 */
public interface PageStream extends AutoCloseable {
  /** Goes to the next page; false when there is none. */
  boolean next();

  /** The memory that holds the current page. */
  MemorySegment segment();

  /** Where in {@link #segment} the current page starts, in bytes. */
  long startBytes();

  /** How many bytes of the page are there; less than a page only for one cut short. */
  int lengthBytes();

  /** Where the page (or what it was expanded from) is in its file, for messages. */
  long fileOffset();

  @Override
  void close();
}
