package besser.metrics.capture;

import besser.metrics.Source;
import besser.metrics.table.Counts;
import besser.metrics.table.Difference;
import besser.metrics.table.EventCounter;
import besser.metrics.table.EventTable;
import besser.metrics.table.FunctionCounter;
import besser.metrics.table.FunctionTable;
import besser.trace.EventSource;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import besser.trace.SampleSource;
import besser.trace.TraceFormatException;
import besser.trace.export.FoldedStacks;
import besser.trace.export.Weight;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How two captures differ, in what both hold.
 *
 * @param events occurrences per second of each event
 * @param functions share of the samples that landed in each function itself
 * @param before samples by folded call chain of the first; empty when one of them has none
 * @param after likewise of the second
 */
public record Comparison(
    Optional<Difference> events,
    Optional<Difference> functions,
    Map<String, Long> before,
    Map<String, Long> after) {
  public Comparison {
    before = new TreeMap<>(before);
    after = new TreeMap<>(after);
  }

  /** What is compared of one capture's samples. */
  private record Profile(FunctionTable functions, Map<String, Long> stacks) {}

  /**
   * Reads and compares two captures.
   *
   * @param of which samples count
   * @throws TraceFormatException when one is damaged in its structure
   */
  public static Comparison of(Capture first, Capture second, Source.Denominator of) {
    Optional<Profile> before = first.samples().map(source -> profile(source, of));
    Optional<Profile> after = second.samples().map(source -> profile(source, of));
    boolean both = before.isPresent() && after.isPresent();
    return new Comparison(
        difference(
            first.events().flatMap(Comparison::rates), second.events().flatMap(Comparison::rates)),
        difference(before.flatMap(Comparison::shares), after.flatMap(Comparison::shares)),
        both ? before.get().stacks() : Map.of(),
        both ? after.get().stacks() : Map.of());
  }

  private static Optional<Difference> difference(Optional<Counts> before, Optional<Counts> after) {
    return before.isPresent() && after.isPresent()
        ? Optional.of(Difference.of(before.get(), after.get()))
        : Optional.empty();
  }

  private static Optional<Counts> rates(EventSource source) {
    EventTable table;
    if (source.cpus().isEmpty()) {
      EventCounter counter = new EventCounter();
      source.readInTimeOrder(counter);
      table = EventTable.of(java.util.List.of(counter));
    } else {
      table = EventTable.read(source);
    }
    return table.seconds() > 0 ? Optional.of(table.counts()) : Optional.empty();
  }

  private static Optional<Counts> shares(Profile profile) {
    return profile.functions().samples() > 0
        ? Optional.of(profile.functions().selfCounts())
        : Optional.empty();
  }

  private static Profile profile(SampleSource source, Source.Denominator of) {
    FunctionCounter functions = new FunctionCounter(of);
    FoldedStacks stacks = new FoldedStacks(Weight.SAMPLES, false);
    source.readSamples(
        new SampleSink() {
          @Override
          public void sample(Sample sample) {
            functions.sample(sample);
            if (of == Source.Denominator.ALL || !sample.idle()) {
              stacks.sample(sample);
            }
          }

          @Override
          public void lost(LostEvents lost) {
            functions.lost(lost);
          }

          @Override
          public void throttled(int cpu, long timeNanos) {
            functions.throttled(cpu, timeNanos);
          }
        });
    return new Profile(functions.table(), stacks.stacks());
  }
}
