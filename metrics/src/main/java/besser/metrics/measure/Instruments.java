package besser.metrics.measure;

import besser.metrics.MetricDefinition;
import besser.metrics.Source;
import besser.metrics.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What measures a set of metrics. Immutable; {@link #measure} begins a measurement.
 *
 * <pre>{@code
 * Instruments instruments = Instruments.of(definitions);
 * enable(instruments.requirements());
 * Measurement measurement = instruments.measure(windows);
 * measurement.read(eventSource);
 * measurement.read(sampleSource);
 * List<WindowFigures> figures = measurement.figures();
 * }</pre>
 */
public final class Instruments {
  /**
   * What counts as a frame delivered to the network stack unless the caller says otherwise: a call
   * of {@code ieee80211_rx_irqsafe}, the function by which SDIO drivers hand frames to mac80211.
   */
  public static final Source FRAMES =
      new Source.FunctionRate("ieee80211_rx_irqsafe", Optional.empty(), Source.Per.SECOND);

  private final List<MetricDefinition> definitions;
  private final Source frames;
  private final LinkDeath linkDeath;

  private Instruments(List<MetricDefinition> definitions, Source frames, LinkDeath linkDeath) {
    this.definitions = List.copyOf(definitions);
    this.frames = frames;
    this.linkDeath = linkDeath;
  }

  /**
   * Instruments for metrics.
   *
   * @throws IllegalArgumentException when two metrics have one id, a ratio is of a metric that is
   *     not there, or a key or pattern cannot be read
   */
  public static Instruments of(List<MetricDefinition> definitions) {
    return of(definitions, FRAMES, LinkDeath.USUAL);
  }

  /**
   * Instruments for metrics.
   *
   * @param frames the event or function that counts a delivered frame
   * @param linkDeath when the link counts as dead
   */
  public static Instruments of(
      List<MetricDefinition> definitions, Source frames, LinkDeath linkDeath) {
    if (!(frames instanceof Source.EventRate || frames instanceof Source.FunctionRate)) {
      throw new IllegalArgumentException(
          "frames are counted by an event or a function, got " + frames);
    }
    Map<String, MetricDefinition> byId = new HashMap<>();
    for (MetricDefinition definition : definitions) {
      if (byId.put(definition.id(), definition) != null) {
        throw new IllegalArgumentException("metric id is used twice: " + definition.id());
      }
    }
    for (MetricDefinition definition : definitions) {
      if (definition.source() instanceof Source.Ratio(String of, String to)) {
        requireFigure(definition, of, byId);
        requireFigure(definition, to, byId);
      }
    }
    return new Instruments(definitions, frames, linkDeath);
  }

  private static void requireFigure(
      MetricDefinition ratio, String id, Map<String, MetricDefinition> byId) {
    MetricDefinition part = byId.get(id);
    if (part == null || part.source() instanceof Source.Ratio) {
      throw new IllegalArgumentException(
          "ratio %s must be of metrics that are no ratios, got %s".formatted(ratio.id(), id));
    }
  }

  /** What must be recorded. */
  public Requirements requirements() {
    return Requirements.of(definitions, frames);
  }

  /**
   * Whether some metric follows threads or work items across CPUs, so that events are needed in
   * time order over all CPUs.
   */
  public boolean needsTimeOrder() {
    return definitions.stream()
        .anyMatch(
            definition ->
                switch (definition.source()) {
                  case Source.PairedDuration pair -> !PairKey.parse(pair.key()).perCpu();
                  case Source.RunQueueWait wait -> true;
                  case Source.LockWait wait -> true;
                  case Source.WakeRate wake -> wake.from().isPresent();
                  case Source.EventRate rate -> false;
                  case Source.FunctionRate rate -> false;
                  // addresses are learned from acquisitions, which may be on another CPU
                  case Source.LockRate rate -> rate.aspect() == Source.LockAspect.CONTENTIONS;
                  case Source.CpuTime time -> false;
                  case Source.Goodput goodput -> false;
                  case Source.SampleShare share -> false;
                  case Source.Series series -> false;
                  case Source.Link link -> false;
                  case Source.Ratio ratio -> false;
                  case Source.Spread spread -> false;
                });
  }

  /**
   * Begins a measurement.
   *
   * @param windows ascending, not overlapping, at least one
   */
  public Measurement measure(List<Window> windows) {
    return new Measurement(this, new Timeline(windows));
  }

  /**
   * Begins a measurement of one window that ends with the last event, sample or byte it is given,
   * two days after its start at most.
   *
   * @param name of the window
   * @param startNanos when it starts, on the clock of the captures
   */
  public Measurement measureFrom(String name, long startNanos) {
    return new Measurement(this, Timeline.open(name, startNanos));
  }

  List<MetricDefinition> definitions() {
    return definitions;
  }

  Source frames() {
    return frames;
  }

  LinkDeath linkDeath() {
    return linkDeath;
  }
}
