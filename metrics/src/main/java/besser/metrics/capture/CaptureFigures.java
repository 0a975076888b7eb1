package besser.metrics.capture;

import besser.metrics.WindowFigures;
import besser.metrics.table.EventTable;
import besser.metrics.table.FunctionTable;
import besser.metrics.table.LockTable;
import besser.metrics.table.WorkTable;
import java.util.List;
import java.util.Optional;

/**
 * What a reading of a capture gave.
 *
 * @param capture its name
 * @param forms what its recordings are
 * @param clock the clock of the times
 * @param windows the figures asked for, by window
 * @param events the table, if it was asked for; likewise the others
 * @param remarks what was found wrong, a sentence each; empty for a whole capture
 */
public record CaptureFigures(
    String capture,
    List<String> forms,
    String clock,
    List<WindowFigures> windows,
    Optional<EventTable> events,
    Optional<FunctionTable> functions,
    Optional<WorkTable> work,
    Optional<LockTable> locks,
    List<String> remarks) {
  public CaptureFigures {
    forms = List.copyOf(forms);
    windows = List.copyOf(windows);
    remarks = List.copyOf(remarks);
  }

  /** The same under another name. */
  public CaptureFigures named(String name) {
    List<String> renamed = remarks.stream().map(remark -> remark.replace(capture, name)).toList();
    return new CaptureFigures(name, forms, clock, windows, events, functions, work, locks, renamed);
  }
}
