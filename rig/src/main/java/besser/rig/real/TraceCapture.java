package besser.rig.real;

import besser.metrics.KernelProbe;
import besser.metrics.measure.Requirements;
import besser.rig.device.DeviceFault;
import besser.rig.device.DeviceLost;
import besser.trace.dat.Compression;
import besser.trace.dat.WriteOptions;
import besser.trace.record.EventChoice;
import besser.trace.record.KprobeChoice;
import besser.trace.record.Recorder;
import besser.trace.record.RecordingException;
import besser.trace.record.RecordingPlan;
import besser.trace.record.SpoolTail;
import besser.trace.record.TracedMachine;
import besser.trace.record.Tracefs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A step's trace: what the metrics need of what the kernel has, recorded to a file on this machine.
 * Figures are computed from the file behind the step, so that computing does not disturb what is
 * measured when this machine is the device.
 */
final class TraceCapture implements AutoCloseable {
  private static final int FORMAT_VERSION = 7;

  private final Recorder recorder;

  private TraceCapture(Recorder recorder) {
    this.recorder = recorder;
  }

  /**
   * A command that removes the tracing instances of a holder, and their probes. Readers may hold an
   * instance for a moment after the connection broke, so it tries for some seconds.
   *
   * @param holder as {@link TracedMachine#holderPid} says it
   */
  static String removal(long holder) {
    String ours = "besser_" + holder + "_";
    return "for t in /sys/kernel/tracing /sys/kernel/debug/tracing; do "
        + "for i in $t/instances/"
        + ours
        + "*; do [ -d \"$i\" ] || continue; "
        + "echo 0 > $i/tracing_on; echo 0 > $i/events/enable; n=0; "
        + "until rmdir $i || [ $n -ge 20 ]; do n=$((n+1)); sleep 1; done; done; "
        + "[ -e $t/kprobe_events ] && grep -o '"
        + ours
        + "[^ ]*' $t/kprobe_events "
        + "| while read -r e; do echo \"-:$e\" >> $t/kprobe_events; done; done";
  }

  /** Sets up and starts; empty when the kernel has nothing of what is needed. */
  static Optional<TraceCapture> start(
      TracedMachine machine, Requirements needed, Path file, List<String> notes) {
    try {
      Tracefs tracefs = Tracefs.mounted(machine);
      Optional<RecordingPlan> plan = plan(tracefs, needed, notes);
      if (plan.isEmpty()) return Optional.empty();
      Recorder recorder = Recorder.prepare(tracefs, plan.get());
      try {
        recorder.startToDisk(file);
        return Optional.of(new TraceCapture(recorder));
      } catch (RecordingException | RuntimeException e) {
        recorder.close();
        throw e;
      }
    } catch (RecordingException | IOException e) {
      rethrowFault(e);
      notes.add("no trace: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<RecordingPlan> plan(
      Tracefs tracefs, Requirements needed, List<String> notes) throws IOException {
    List<EventChoice> events = new ArrayList<>();
    for (String event : needed.events().stream().sorted().toList()) {
      if (has(tracefs, event)) {
        events.add(EventChoice.of(event));
      } else {
        notes.add("the kernel has no event " + event);
      }
    }
    for (String event : needed.optionalEvents().stream().sorted().toList()) {
      if (has(tracefs, event)) events.add(EventChoice.of(event));
    }
    List<KprobeChoice> probes = new ArrayList<>();
    if (!needed.probes().isEmpty() && tracefs.machine().exists(tracefs.path("kprobe_events"))) {
      String symbols = tracefs.kallsyms();
      for (KernelProbe probe : needed.probes()) {
        if (hasFunction(symbols, probe.function())) {
          probes.add(choice(probe));
        } else {
          notes.add("the kernel has no function " + probe.function());
        }
      }
    } else if (!needed.probes().isEmpty()) {
      notes.add("the kernel has no kprobes (CONFIG_KPROBE_EVENTS)");
    }
    return events.isEmpty() && probes.isEmpty()
        ? Optional.empty()
        : Optional.of(RecordingPlan.of(events, probes));
  }

  private static KprobeChoice choice(KernelProbe probe) {
    return new KprobeChoice(
        probe.eventName(), probe.function(), KprobeChoice.Where.ENTRY, probe.arguments());
  }

  static boolean has(Tracefs tracefs, String event) throws IOException {
    int colon = event.indexOf(':');
    return tracefs
        .machine()
        .exists(
            tracefs.path("events/" + event.substring(0, colon) + "/" + event.substring(colon + 1)));
  }

  static boolean hasFunction(String kallsyms, String function) {
    return kallsyms.contains(" " + function + "\n") || kallsyms.contains(" " + function + "\t");
  }

  /** Looks on from now on. */
  SpoolTail lookOn() throws RecordingException {
    return recorder.lookOn();
  }

  /**
   * Stops, and writes the file.
   *
   * @throws RecordingException when pages were not read, or the file not written
   */
  Recorder.Outcome stop() throws RecordingException {
    return recorder.stop(WriteOptions.of(FORMAT_VERSION, Compression.NONE));
  }

  /** The fault of the device behind a failure, where there is one, is what callers deal with. */
  static void rethrowFault(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DeviceFault fault) throw fault;
    }
  }

  @Override
  public void close() {
    try {
      recorder.close();
    } catch (RecordingException e) {
      // What cannot be removed over a broken connection is removed by the janitor.
      rethrowFault(new DeviceLost(String.valueOf(e.getMessage()), e));
    }
  }
}
