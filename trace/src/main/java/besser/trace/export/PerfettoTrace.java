package besser.trace.export;

import besser.trace.EventSink;
import besser.trace.KernelSymbols;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes events and samples as a trace the Perfetto UI opens. Scheduling, frequency, interrupt and
 * work queue events are written as Perfetto's own messages, from which it draws CPU tracks, thread
 * states and slices; every other event becomes a generic one in its table of ftrace events. Samples
 * become call stacks of their threads.
 *
 * <p>Events and samples may come in any order, but on one clock, and from one thread: read sources
 * in time order, not each CPU in parallel. Writes as it goes; memory is bounded.
 *
 * <pre>{@code
 * try (PerfettoTrace trace = new PerfettoTrace(Files.newOutputStream(file))) {
 *   events.readInTimeOrder(trace.events(events.symbols()));
 *   profile.readSamples(trace.samples());
 * }
 * }</pre>
 */
public final class PerfettoTrace implements Closeable {
  private final OutputStream output;
  private final ProtoMessage file = new ProtoMessage();
  private final ProtoMessage packet = new ProtoMessage();
  private final ProtoMessage perfSample = new ProtoMessage();
  private final PerfettoInterning interning = new PerfettoInterning();
  private final PerfettoTasks tasks = new PerfettoTasks();
  private final PerfettoBundles bundles = new PerfettoBundles(this::writeBundle);
  private boolean stateValid;

  /**
   * @param output where the trace goes; closed with this
   */
  public PerfettoTrace(OutputStream output) {
    this.output = output;
  }

  /**
   * A sink that writes events.
   *
   * @param symbols names the functions that events hold as addresses
   */
  public EventSink events(KernelSymbols symbols) {
    return new PerfettoEvents(bundles, interning, symbols);
  }

  /** A sink that writes samples. */
  public SampleSink samples() {
    return new SampleSink() {
      @Override
      public void sample(Sample sample) {
        write(sample);
      }

      @Override
      public void lost(LostEvents lost) {
        write(lost);
      }

      @Override
      public void throttled(int cpu, long timeNanos) {
        // the format has no place for it
      }
    };
  }

  private void write(Sample sample) {
    if (interning.isFull()) {
      bundles.flush();
      interning.reset();
      stateValid = false;
    }
    long callstack = interning.callstack(sample);
    if (tasks.add(sample)) {
      begin();
      packet.message(PerfettoFields.PACKET_PROCESS_TREE, tasks.tree());
      end();
    }
    perfSample.clear();
    if (sample.cpu() >= 0) {
      perfSample.number(PerfettoFields.SAMPLE_CPU, sample.cpu());
    }
    if (sample.tid() >= 0) {
      perfSample.number(PerfettoFields.SAMPLE_PID, sample.pid());
      perfSample.number(PerfettoFields.SAMPLE_TID, sample.tid());
    }
    perfSample.number(PerfettoFields.SAMPLE_CALLSTACK, callstack);
    perfSample.number(PerfettoFields.SAMPLE_CPU_MODE, cpuMode(sample));
    perfSample.number(PerfettoFields.SAMPLE_TIMEBASE_COUNT, sample.period());
    writeSample(sample.timeNanos());
  }

  private static int cpuMode(Sample sample) {
    return switch (sample.frame(0).space()) {
      case KERNEL -> PerfettoFields.MODE_KERNEL;
      case USER -> PerfettoFields.MODE_USER;
      case OTHER -> 0;
    };
  }

  private void write(LostEvents lost) {
    perfSample.clear();
    perfSample.number(PerfettoFields.SAMPLE_CPU, lost.cpu());
    perfSample.number(PerfettoFields.SAMPLE_RECORDS_LOST, Math.max(lost.count(), 1));
    writeSample(lost.timeNanos());
  }

  private void writeSample(long timeNanos) {
    begin();
    packet.number(PerfettoFields.PACKET_TIMESTAMP, timeNanos);
    packet.message(PerfettoFields.PACKET_PERF_SAMPLE, perfSample);
    end();
  }

  private void writeBundle(ProtoMessage bundle) {
    begin();
    packet.message(PerfettoFields.PACKET_FTRACE_EVENTS, bundle);
    end();
  }

  /** Starts a packet; the first one says that interned data begin here. */
  private void begin() {
    packet.clear();
    packet.number(PerfettoFields.PACKET_SEQUENCE_ID, 1);
    int flags = PerfettoFields.SEQUENCE_NEEDS_STATE;
    if (!stateValid) {
      flags |= PerfettoFields.SEQUENCE_STATE_CLEARED;
      packet.message(PerfettoFields.PACKET_DEFAULTS, defaults());
      stateValid = true;
    }
    packet.number(PerfettoFields.PACKET_SEQUENCE_FLAGS, flags);
    interning
        .takePending()
        .ifPresent(pending -> packet.message(PerfettoFields.PACKET_INTERNED_DATA, pending));
  }

  private static ProtoMessage defaults() {
    ProtoMessage timebase =
        new ProtoMessage()
            .number(PerfettoFields.TIMEBASE_COUNTER, PerfettoFields.COUNTER_CPU_CLOCK)
            .text(PerfettoFields.TIMEBASE_NAME, "samples");
    ProtoMessage samples =
        new ProtoMessage().message(PerfettoFields.PERF_DEFAULTS_TIMEBASE, timebase);
    return new ProtoMessage().message(PerfettoFields.DEFAULTS_PERF_SAMPLE, samples);
  }

  private void end() {
    file.clear();
    file.message(PerfettoFields.TRACE_PACKET, packet);
    try {
      file.writeTo(output);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the Perfetto trace", e);
    }
  }

  @Override
  public void close() throws IOException {
    try (output) {
      bundles.flush();
      output.flush();
    }
  }
}
