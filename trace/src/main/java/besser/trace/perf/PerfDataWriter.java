package besser.trace.perf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a perf.data of kernel samples with call chains, laid out as {@code perf record -a -g -e
 * cpu-clock} lays it out, little endian. It has no features, so whoever reads it must be told its
 * kallsyms.
 */
public final class PerfDataWriter implements AutoCloseable {
  private static final int HEADER_BYTES = 104;
  private static final int ATTR_BYTES = 128;
  private static final int DATA_AT = HEADER_BYTES + Long.BYTES + ATTR_BYTES + 2 * Long.BYTES;
  private static final long MAGIC = 0x32454c4946524550L;
  private static final int TYPE_SOFTWARE = 1;
  private static final long NO_FIXED_PERIOD = 1L << 10;
  private static final long COMM_EVENTS = 1L << 8;
  private static final long IDS_ON_ALL = 1L << 18;
  private static final long SAMPLE_TYPE = 1 | 2 | 4 | 32 | 128 | 256;
  private static final long CHAIN_KERNEL = -128;
  private static final long COUNTER_ID = 7;
  private static final int LARGEST_RECORD_BYTES = 1 << 16;

  private final FileChannel out;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

  /** Creates the file, or writes over it. */
  public PerfDataWriter(Path file) throws IOException {
    out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    header(0);
  }

  /** Says where the kernel's code was: from the address of {@code _text} to its end. */
  public void kernel(long textAddress, long endAddress) throws IOException {
    begin(RecordType.MMAP, RecordType.MISC_KERNEL);
    buffer.putInt(-1).putInt(0);
    buffer.putLong(textAddress).putLong(endAddress - textAddress).putLong(textAddress);
    text("[kernel.kallsyms]_text");
    ids(-1, 0);
    end();
  }

  /** Names a thread, which is its process's only one. */
  public void task(int pid, String comm) throws IOException {
    begin(RecordType.COMM, 0);
    buffer.putInt(pid).putInt(pid);
    text(comm);
    ids(pid, 0);
    end();
  }

  /**
   * Writes a sample of a thread that is its process's only one.
   *
   * @param chain kernel addresses from the sampled one to the root; at least one, at most 4096
   */
  public void sample(int cpu, int pid, long timeNanos, long periodNanos, long[] chain)
      throws IOException {
    begin(RecordType.SAMPLE, RecordType.MISC_KERNEL);
    buffer.putLong(chain[0]).putInt(pid).putInt(pid).putLong(timeNanos);
    buffer.putLong(cpu).putLong(periodNanos);
    buffer.putLong(chain.length + 1).putLong(CHAIN_KERNEL);
    for (long address : chain) {
      buffer.putLong(address);
    }
    end();
  }

  /** Ends a round: nothing that follows is older than what stands before the round. */
  public void finishRound() throws IOException {
    begin(RecordType.FINISHED_ROUND, 0);
    end();
  }

  private void header(long dataBytes) {
    buffer.putLong(MAGIC).putLong(HEADER_BYTES).putLong(ATTR_BYTES + 2 * Long.BYTES);
    buffer.putLong(HEADER_BYTES + Long.BYTES).putLong(ATTR_BYTES + 2 * Long.BYTES);
    buffer.putLong(DATA_AT).putLong(dataBytes).putLong(0).putLong(0);
    buffer.putLong(0).putLong(0).putLong(0).putLong(0);
    buffer.putLong(COUNTER_ID);
    int attr = buffer.position();
    buffer.putInt(TYPE_SOFTWARE).putInt(ATTR_BYTES).putLong(0).putLong(1000).putLong(SAMPLE_TYPE);
    buffer.putLong(0).putLong(IDS_ON_ALL | NO_FIXED_PERIOD | COMM_EVENTS);
    buffer.position(attr + ATTR_BYTES);
    buffer.putLong(HEADER_BYTES).putLong(Long.BYTES);
  }

  private void begin(int type, int misc) throws IOException {
    if (buffer.remaining() < LARGEST_RECORD_BYTES) {
      flush();
    }
    buffer.mark();
    buffer.putInt(type).putShort((short) misc).putShort((short) 0);
  }

  private void end() {
    int end = buffer.position();
    buffer.reset();
    int start = buffer.position();
    buffer.putShort(start + 6, (short) (end - start));
    buffer.position(end);
  }

  /** The fields of {@code sample_id_all}, by which records that are no samples are ordered. */
  private void ids(int pid, long timeNanos) {
    buffer.putInt(pid).putInt(pid).putLong(timeNanos).putLong(0);
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    buffer.put(bytes);
    for (int i = bytes.length; i == bytes.length || i % Long.BYTES != 0; i++) {
      buffer.put((byte) 0);
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
    buffer.clear();
  }

  /** Completes the file. */
  @Override
  public void close() throws IOException {
    try (out) {
      flush();
      header(out.position() - DATA_AT);
      buffer.flip();
      out.write(buffer, 0);
    }
  }
}
