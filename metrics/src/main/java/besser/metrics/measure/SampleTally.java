package besser.metrics.measure;

import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The profile on its way through the meters. Samples of tracepoints that share the file ({@code
 * sched:sched_switch}) are no CPU time and are left out, as are those of a second sampling event.
 */
final class SampleTally implements SampleSink {
  private final SampleMeter[] meters;
  private final Timeline.Cursor cursor;
  private final Gaps gaps;
  private String event = "";
  private long lastNanos = Long.MIN_VALUE;

  SampleTally(List<SampleMeter> meters, Timeline timeline) {
    this.meters = meters.toArray(SampleMeter[]::new);
    this.cursor = timeline.cursor();
    this.gaps = new Gaps(timeline);
  }

  @Override
  public void sample(Sample sample) {
    if (!sample.eventName().equals(event) && !isFirst(sample.eventName())) {
      return;
    }
    lastNanos = sample.timeNanos();
    int bin = cursor.bin(lastNanos);
    for (SampleMeter meter : meters) {
      meter.sample(sample, bin);
    }
  }

  @Override
  public boolean wantsIdle() {
    return Arrays.stream(meters).anyMatch(SampleMeter::countsIdle);
  }

  private boolean isFirst(String name) {
    boolean tracepoint =
        name.indexOf(':') > 0 && Character.isLetter(name.charAt(0)) && hasSystem(name);
    if (!event.isEmpty() || tracepoint) {
      return false;
    }
    event = name;
    return true;
  }

  /** Whether a name is {@code system:event}, and not an event with modifiers ({@code cycles:u}). */
  private static boolean hasSystem(String name) {
    return !name.substring(name.indexOf(':') + 1).matches("[ukhGHpPSDIWe]+");
  }

  @Override
  public void lost(LostEvents lost) {
    gaps.add(Math.min(lastNanos, lost.timeNanos()), lost);
  }

  @Override
  public void throttled(int cpu, long timeNanos) {
    gaps.add(timeNanos);
  }

  long lastNanos() {
    return lastNanos;
  }

  Gaps gaps() {
    return gaps;
  }

  /** Why the samples stand for no time, if so. */
  Optional<String> noTime() {
    return event.isEmpty() || event.startsWith("cpu-clock") || event.startsWith("task-clock")
        ? Optional.empty()
        : Optional.of("samples of " + event + " stand for no time: sample cpu-clock");
  }
}
