package besser.kernel.machine;

import besser.kernel.LogLevel;
import besser.kernel.observe.Observer;
import java.util.ArrayList;
import java.util.List;

/** The kernel's ring buffer, without an end: a run's log is evidence. */
final class KernelLog {
  private final Engine engine;
  private final List<LogLine> lines = new ArrayList<>();
  private final List<String> oopses = new ArrayList<>();
  private long warnings;

  KernelLog(Engine engine) {
    this.engine = engine;
  }

  void print(LogLevel level, String message) {
    lines.add(new LogLine(engine.localTime(), level, message));
    engine.mix(2, message.length());
    Observer observer = engine.observer;
    if (observer != null) observer.logged(level, message, engine.context());
  }

  void warn(String place) {
    warnings++;
    print(LogLevel.WARNING, "WARNING: at " + place);
    Observer observer = engine.observer;
    if (observer != null) observer.warned(place, engine.context());
  }

  void oops(String place) {
    oopses.add(place);
    print(LogLevel.EMERG, "kernel BUG at " + place + "!");
    Observer observer = engine.observer;
    if (observer != null) observer.oopsed(place, engine.context());
  }

  /** A rule was broken; Linux would print or crash later. */
  void misused(String rule) {
    print(LogLevel.ERR, "BUG: " + rule);
    Observer observer = engine.observer;
    if (observer != null) observer.misused(rule, engine.context());
  }

  List<LogLine> lines() {
    return List.copyOf(lines);
  }

  List<String> oopses() {
    return List.copyOf(oopses);
  }

  long warnings() {
    return warnings;
  }
}
