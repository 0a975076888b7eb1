package besser.rig.real;

import besser.metrics.KernelProbe;
import besser.metrics.measure.Requirements;
import besser.trace.NearestNames;
import besser.trace.record.RecordingException;
import besser.trace.record.Tracefs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether the kernel has the events and functions of a plan, and what comes nearest. */
final class EventsPreflight {
  private static final int NAMES_SHOWN = 3;

  private final Target target;
  private final Requirements needed;
  private final List<Finding> findings;
  private final Set<String> functions = new TreeSet<>();

  EventsPreflight(Target target, Requirements needed, List<Finding> findings) {
    this.target = target;
    this.needed = needed;
    this.findings = findings;
  }

  void look() {
    try {
      Tracefs tracefs = Tracefs.mounted(target.machine());
      for (String event : new TreeSet<>(needed.events())) event(tracefs, event);
      if (!needed.probes().isEmpty()) probes(tracefs);
    } catch (RecordingException | IOException e) {
      TraceCapture.rethrowFault(e);
      findings.add(
          Finding.blocks(
              "tracefs",
              String.valueOf(e.getMessage()),
              "without it there is no trace; the kernel needs CONFIG_TRACING"));
    }
  }

  private void event(Tracefs tracefs, String event) throws IOException {
    if (TraceCapture.has(tracefs, event)) {
      findings.add(Finding.ok("event " + event, "there"));
      return;
    }
    int colon = event.indexOf(':');
    List<String> near = new ArrayList<>();
    for (String system : tracefs.systems()) {
      for (String name : NearestNames.of(event.substring(colon + 1), tracefs.events(system))) {
        near.add("event " + system + ":" + name);
      }
    }
    List<String> shown = new ArrayList<>(near.stream().limit(NAMES_SHOWN).toList());
    alike(tracefs, event.substring(colon + 1)).forEach(f -> shown.add("a kprobe on " + f));
    findings.add(
        Finding.costs(
            "event " + event,
            "this kernel has no such event",
            shown.isEmpty()
                ? "figures that need it stay empty"
                : "figures that need it stay empty; near: " + String.join(", ", shown)));
  }

  /** Functions that end like the event's name, with ever more of its front taken off. */
  private List<String> alike(Tracefs tracefs, String name) throws IOException {
    String end = name;
    while (end.indexOf('_') >= 0) {
      String wanted = end;
      List<String> found =
          functions(tracefs).stream()
              .filter(f -> !f.startsWith("__pfx_"))
              .filter(f -> f.equals(wanted) || f.endsWith("_" + wanted))
              .limit(NAMES_SHOWN)
              .toList();
      if (!found.isEmpty()) return found;
      end = end.substring(end.indexOf('_') + 1);
    }
    return List.of();
  }

  private Set<String> functions(Tracefs tracefs) throws IOException {
    if (functions.isEmpty()) {
      for (String line : tracefs.kallsyms().lines().toList()) {
        int type = line.indexOf(' ') + 1;
        if (type > 0 && line.length() > type + 2 && "tTwW".indexOf(line.charAt(type)) >= 0) {
          int end = line.indexOf('\t', type);
          functions.add(line.substring(type + 2, end < 0 ? line.length() : end));
        }
      }
    }
    return functions;
  }

  private void probes(Tracefs tracefs) throws IOException {
    boolean possible = tracefs.machine().exists(tracefs.path("kprobe_events"));
    for (KernelProbe probe : needed.probes()) {
      String what = "kprobe on " + probe.function();
      if (!possible) {
        findings.add(
            Finding.costs(
                what,
                "this kernel has no kprobes (CONFIG_KPROBE_EVENTS)",
                "figures that need it stay empty"));
      } else if (functions(tracefs).contains(probe.function())) {
        findings.add(Finding.ok(what, "possible"));
      } else {
        List<String> near = NearestNames.of(probe.function(), functions(tracefs));
        findings.add(
            Finding.costs(
                what,
                "this kernel has no such function",
                near.isEmpty()
                    ? "figures that need it stay empty; is the module loaded?"
                    : "figures that need it stay empty; near: " + String.join(", ", near)));
      }
    }
  }
}
