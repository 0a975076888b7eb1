package besser.trace.record;

import besser.trace.NearestNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Checks that everything a plan names exists, before anything is set up. */
final class PlanCheck {
  private final Tracefs tracefs;
  private final List<String> problems = new ArrayList<>();

  private PlanCheck(Tracefs tracefs) {
    this.tracefs = tracefs;
  }

  /**
   * Refuses a plan that names an event, clock or function that is not there.
   *
   * @throws RecordingException naming all that is missing, each with the nearest names
   */
  static void require(Tracefs tracefs, RecordingPlan plan) throws RecordingException {
    PlanCheck check = new PlanCheck(tracefs);
    try {
      for (EventChoice choice : plan.events()) {
        check.event(choice);
      }
      check.clock(plan.clock());
      if (!plan.kprobes().isEmpty()) {
        check.kprobes(plan.kprobes());
      }
    } catch (IOException e) {
      throw new RecordingException("tracefs cannot be read: " + e.getMessage(), e);
    }
    if (!check.problems.isEmpty()) {
      throw new RecordingException(String.join("; ", check.problems));
    }
  }

  private void event(EventChoice choice) throws IOException {
    SortedSet<String> systems = tracefs.systems();
    if (!systems.contains(choice.system())) {
      List<String> near = NearestNames.of(choice.system(), systems);
      missing("event group " + choice.system(), near.isEmpty() ? eventsLike(choice) : near);
      return;
    }
    SortedSet<String> events = tracefs.events(choice.system());
    if (!choice.event().isEmpty() && !events.contains(choice.event())) {
      List<String> near =
          NearestNames.of(choice.event(), events).stream()
              .map(name -> choice.system() + ":" + name)
              .toList();
      missing("event " + choice.name(), near.isEmpty() ? eventsLike(choice) : near);
    }
  }

  /** Events of any group whose name is like the one wanted. */
  private List<String> eventsLike(EventChoice choice) throws IOException {
    String wanted = choice.event().isEmpty() ? choice.system() : choice.event();
    List<String> near = new ArrayList<>();
    for (String system : tracefs.systems()) {
      for (String event : NearestNames.of(wanted, tracefs.events(system))) {
        near.add(system + ":" + event);
      }
    }
    return near.stream().limit(3).toList();
  }

  private void missing(String what, List<String> near) {
    String hint =
        near.isEmpty()
            ? "this kernel has nothing like it"
            : "nearest are " + String.join(", ", near);
    problems.add("%s does not exist; %s".formatted(what, hint));
  }

  private void clock(String wanted) throws IOException {
    Set<String> clocks = new TreeSet<>();
    String text = tracefs.read("trace_clock");
    for (String clock : text.strip().split("\\s+", -1)) {
      clocks.add(clock.replace("[", "").replace("]", ""));
    }
    if (!clocks.contains(wanted)) {
      problems.add("trace clock must be one of %s, got %s".formatted(clocks, wanted));
    }
  }

  private void kprobes(List<KprobeChoice> kprobes) throws IOException {
    if (!tracefs.machine().exists(tracefs.path("kprobe_events"))) {
      problems.add(
          "kprobes (%s) are not possible: this kernel has no kprobe_events (CONFIG_KPROBE_EVENTS)"
              .formatted(kprobes.getFirst().symbol()));
      return;
    }
    Set<String> functions = functions();
    for (KprobeChoice kprobe : kprobes) {
      String function = kprobe.symbol().replaceFirst("\\+.*", "");
      if (!functions.contains(function)) {
        missing("function " + function, NearestNames.of(function, functions));
      }
    }
  }

  private Set<String> functions() throws IOException {
    Set<String> functions = new TreeSet<>();
    for (String line : tracefs.kallsyms().lines().toList()) {
      int type = line.indexOf(' ') + 1;
      if (type > 0 && line.length() > type + 2 && "tTwW".indexOf(line.charAt(type)) >= 0) {
        int end = line.indexOf('\t', type);
        functions.add(line.substring(type + 2, end < 0 ? line.length() : end));
      }
    }
    return functions;
  }
}
