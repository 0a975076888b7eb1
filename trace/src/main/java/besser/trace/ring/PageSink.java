package besser.trace.ring;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Receives finished ring-buffer pages of one CPU, in order. */
public interface PageSink {
  /** One whole page; {@code page} is valid during this call only. */
  void page(ByteBuffer page) throws IOException;
}
