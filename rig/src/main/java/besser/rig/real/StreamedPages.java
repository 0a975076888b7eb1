package besser.rig.real;

import besser.rig.connection.Running;
import besser.trace.ring.PageStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;

/** The pages of one CPU as a script on the device writes them, one behind the other. */
final class StreamedPages implements PageStream {
  private final String name;
  private final Running reader;
  private final InputStream in;
  private final byte[] page;
  private final MemorySegment segment;
  private int length;
  private long position;

  StreamedPages(String name, Running reader, int pageBytes) {
    this.name = name;
    this.reader = reader;
    this.in = reader.output();
    this.page = new byte[pageBytes];
    this.segment = MemorySegment.ofArray(page);
  }

  @Override
  public boolean next() {
    try {
      int count = in.readNBytes(page, 0, page.length);
      position += length;
      length = count;
      if (count == page.length) return true;
      if (count > 0) {
        throw new IOException(
            "%s: the stream of pages breaks off in a page, %d of %d bytes came; %s"
                .formatted(name, count, page.length, reader.errors().strip()));
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public MemorySegment segment() {
    return segment;
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
    reader.close();
  }
}
