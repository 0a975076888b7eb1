package besser.trace.export;

import besser.trace.Frame;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes samples as {@code perf script} prints them with nanoseconds ({@code --ns}), which
 * FlameGraph's {@code stackcollapse-perf.pl}, speedscope, hotspot and the Firefox Profiler read.
 */
public final class PerfScriptWriter implements SampleSink, AutoCloseable {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Path file;
  private final BufferedWriter out;
  private final StringBuilder text = new StringBuilder();

  /**
   * Starts a file.
   *
   * @param origin what was sampled, for the heading
   */
  @SuppressWarnings("MustBeClosedChecker") // closed with the writer
  public PerfScriptWriter(Path file, String origin) throws IOException {
    this.file = file;
    this.out = Files.newBufferedWriter(file);
    out.write("# captured on: " + origin.replaceAll("\\s+", " ") + "\n");
  }

  @Override
  public void sample(Sample sample) {
    head(sample.comm(), sample.pid(), sample.tid(), sample.cpu(), sample.timeNanos());
    text.append(sample.period()).append(' ').append(sample.eventName()).append(": \n");
    for (int i = 0; i < sample.depth(); i++) {
      Frame frame = sample.frame(i);
      text.append('\t').append(Long.toHexString(sample.address(i))).append(' ');
      text.append(frame.symbol()).append(" (").append(frame.module()).append(")\n");
    }
    text.append('\n');
    flush();
  }

  private void head(String comm, int pid, int tid, int cpu, long timeNanos) {
    text.setLength(0);
    text.append(comm.isBlank() ? ":" + tid : comm).append(' ');
    text.append(pid).append('/').append(tid).append(" [");
    String number = Integer.toString(Math.max(cpu, 0));
    text.append("0".repeat(Math.max(0, 3 - number.length()))).append(number).append("] ");
    String nanos = Long.toString(timeNanos % NANOS_PER_SECOND);
    text.append(timeNanos / NANOS_PER_SECOND).append('.');
    text.append("0".repeat(9 - nanos.length())).append(nanos).append(": ");
  }

  private void flush() {
    try {
      out.append(text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  @Override
  public void lost(LostEvents lost) {
    head("", 0, 0, lost.cpu(), lost.timeNanos());
    text.append("PERF_RECORD_LOST lost ").append(Math.max(lost.count(), 0)).append('\n');
    flush();
  }

  @Override
  public void throttled(int cpu, long timeNanos) {
    head("", 0, 0, cpu, timeNanos);
    text.append("PERF_RECORD_THROTTLE\n");
    flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
