package besser.metrics.capture;

import besser.metrics.measure.Measurement;
import besser.metrics.table.FunctionCounter;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import besser.trace.SampleSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One reading of the samples, for the figures and the table of functions at once. */
final class SamplePass implements SampleSink {
  private final List<SampleSink> sinks = new ArrayList<>();

  SamplePass(Optional<Measurement> measurement, Optional<FunctionCounter> functions) {
    measurement.ifPresent(taking -> sinks.add(taking.samples()));
    functions.ifPresent(sinks::add);
  }

  void read(SampleSource source) {
    source.readSamples(sinks.size() == 1 ? sinks.getFirst() : this);
  }

  @Override
  public void sample(Sample sample) {
    for (SampleSink sink : sinks) {
      sink.sample(sample);
    }
  }

  @Override
  public void lost(LostEvents lost) {
    for (SampleSink sink : sinks) {
      sink.lost(lost);
    }
  }

  @Override
  public void throttled(int cpu, long timeNanos) {
    for (SampleSink sink : sinks) {
      sink.throttled(cpu, timeNanos);
    }
  }
}
