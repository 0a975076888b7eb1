package besser.rig.run;

import besser.experiment.verdict.Outcome;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one step of one repetition left.
 *
 * @param step its id in the plan's ramp
 * @param offeredBytesPerSecond what the plan asks to be offered
 * @param seconds how long it was to last, in the device's own time
 * @param figures one a metric that is judged on this step
 * @param unmeasured metrics without a figure, and why
 * @param series figures over time
 * @param linkDeath when the link died in it
 * @param invalid why the step must not be used; empty when it may
 * @param notes what a reader should know but no figure says
 * @param profileSamples CPU samples taken, idle ones apart; 0 when no profile was taken
 * @param profileIdleSamples samples that landed in the idle loop
 */
public record StepRecord(
    String step,
    double offeredBytesPerSecond,
    double seconds,
    List<FigureRecord> figures,
    SortedMap<String, String> unmeasured,
    List<SeriesRecord> series,
    Optional<LinkDeath> linkDeath,
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reason")
        @JsonSubTypes({
          @JsonSubTypes.Type(value = Outcome.EventsLost.class, name = "events-lost"),
          @JsonSubTypes.Type(value = Outcome.OfferedRateMissed.class, name = "rate-missed"),
          @JsonSubTypes.Type(value = Outcome.Throttled.class, name = "throttled"),
          @JsonSubTypes.Type(value = Outcome.WrongModule.class, name = "wrong-module"),
          @JsonSubTypes.Type(value = Outcome.ClockJumped.class, name = "clock-jumped"),
          @JsonSubTypes.Type(value = Outcome.Interrupted.class, name = "interrupted")
        })
        List<Outcome.Invalidity> invalid,
    List<String> notes,
    long profileSamples,
    long profileIdleSamples) {
  public StepRecord {
    figures = List.copyOf(figures);
    unmeasured = Collections.unmodifiableSortedMap(new TreeMap<>(unmeasured));
    series = List.copyOf(series);
    invalid = List.copyOf(invalid);
    notes = List.copyOf(notes);
  }

  /** The figure of a metric, where this step has one. */
  public Optional<FigureRecord> figure(String metric) {
    return figures.stream().filter(f -> f.metric().equals(metric)).findFirst();
  }

  /** The series of that name, where this step has one. */
  public Optional<SeriesRecord> series(String name) {
    return series.stream().filter(s -> s.name().equals(name)).findFirst();
  }
}
