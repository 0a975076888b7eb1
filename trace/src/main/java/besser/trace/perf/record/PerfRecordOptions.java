package besser.trace.perf.record;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What {@code perf record} is to record.
 *
 * @param output the perf.data to write; replaced when it exists
 * @param events what to sample, as {@code perf list} names it; at least one
 * @param frequencyHertz samples per second and CPU; perf's default when absent
 * @param callChains whether to record how each sample's function was reached
 * @param clock clock of the time stamps, as {@code perf record -k} names it; {@code mono} is the
 *     clock ftrace calls by the same name
 * @param moreArguments further arguments of {@code perf record}, such as {@code -z} or {@code -C 1}
 */
public record PerfRecordOptions(
    Path output,
    List<String> events,
    OptionalInt frequencyHertz,
    boolean callChains,
    String clock,
    List<String> moreArguments) {

  /** A clock that perf and ftrace share. */
  public static final String MONOTONIC = "mono";

  public PerfRecordOptions {
    events = List.copyOf(events);
    moreArguments = List.copyOf(moreArguments);
    if (events.isEmpty()) {
      throw new IllegalArgumentException("name at least one event to sample, such as cpu-clock");
    }
    if (frequencyHertz.isPresent() && frequencyHertz.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "sampling frequency must be >= 1 Hz, got " + frequencyHertz.getAsInt());
    }
    if (clock.isEmpty()) {
      throw new IllegalArgumentException("clock must not be empty, use " + MONOTONIC);
    }
  }

  /** All CPUs, by the CPU clock, with call chains, on the monotonic clock. */
  public static PerfRecordOptions allCpus(Path output) {
    return new PerfRecordOptions(
        output, List.of("cpu-clock"), OptionalInt.empty(), true, MONOTONIC, List.of());
  }

  /** The same with another sampling frequency. */
  public PerfRecordOptions atHertz(int hertz) {
    return new PerfRecordOptions(
        output, events, OptionalInt.of(hertz), callChains, clock, moreArguments);
  }

  /** The same with other events. */
  public PerfRecordOptions sampling(List<String> otherEvents) {
    return new PerfRecordOptions(
        output, otherEvents, frequencyHertz, callChains, clock, moreArguments);
  }

  /** The same without call chains. */
  public PerfRecordOptions withoutCallChains() {
    return new PerfRecordOptions(output, events, frequencyHertz, false, clock, moreArguments);
  }

  /** The same with further arguments. */
  public PerfRecordOptions with(String... arguments) {
    List<String> all = new ArrayList<>(moreArguments);
    all.addAll(List.of(arguments));
    return new PerfRecordOptions(output, events, frequencyHertz, callChains, clock, all);
  }

  /** The command that records, without what controls it. */
  List<String> command() {
    List<String> command = new ArrayList<>(List.of("perf", "record", "-a", "-k", clock));
    for (String event : events) {
      command.addAll(List.of("-e", event));
    }
    frequencyHertz.ifPresent(hertz -> command.addAll(List.of("-F", Integer.toString(hertz))));
    if (callChains) {
      command.add("-g");
    }
    command.addAll(List.of("-o", output.toString()));
    command.addAll(moreArguments);
    return command;
  }
}
