package besser.rig.simulated;

import besser.trace.Event;
import besser.trace.EventSink;
import besser.trace.LostEvents;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which work item each task is in; a work item may run for as long as the machine. */
final class RunningWork implements EventSink {
  private final SortedMap<Integer, Long> functionOfTask;

  RunningWork() {
    this(new TreeMap<>());
  }

  private RunningWork(SortedMap<Integer, Long> functionOfTask) {
    this.functionOfTask = functionOfTask;
  }

  @Override
  public void event(Event event) {
    if (event.format().name().equals("workqueue_execute_start")) {
      started(event.pid(), event.number(event.format().field("function")));
    } else {
      ended(event.pid());
    }
  }

  void started(int pid, long function) {
    functionOfTask.put(pid, function);
  }

  void ended(int pid) {
    functionOfTask.remove(pid);
  }

  /** The address of the function that a task is in. */
  Optional<Long> function(int pid) {
    return Optional.ofNullable(functionOfTask.get(pid));
  }

  RunningWork copy() {
    return new RunningWork(new TreeMap<>(functionOfTask));
  }

  @Override
  public void lost(LostEvents lost) {
    // A simulated device loses none.
  }
}
