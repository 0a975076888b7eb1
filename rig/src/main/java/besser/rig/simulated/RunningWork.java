package besser.rig.simulated;

import besser.trace.Event;
import besser.trace.EventSink;
import besser.trace.Field;
import besser.trace.LostEvents;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Which work item each task is in; a work item may run for as long as the machine. */
final class RunningWork {
  private static final String START = "workqueue:workqueue_execute_start";
  private static final String END = "workqueue:workqueue_execute_end";

  /** The address of a task's function by its pid; 0 when it is in none. */
  private long[] functions;

  RunningWork() {
    this(new long[64]);
  }

  private RunningWork(long[] functions) {
    this.functions = functions;
  }

  /** Follows a machine's work items from now on. */
  void follow(KernelEvents events) {
    Field function = events.format(START).field("function");
    events.enable(START, sink(event -> started(event.pid(), event.number(function))));
    events.enable(END, sink(event -> ended(event.pid())));
  }

  private static EventSink sink(Consumer<Event> taking) {
    return new EventSink() {
      @Override
      public void event(Event event) {
        taking.accept(event);
      }

      @Override
      public void lost(LostEvents lost) {
        // A simulated device loses none.
      }
    };
  }

  void started(int pid, long function) {
    if (pid >= functions.length) functions = Arrays.copyOf(functions, 2 * pid);
    functions[pid] = function;
  }

  void ended(int pid) {
    if (pid < functions.length) functions[pid] = 0;
  }

  /** The address of the function that a task is in. */
  OptionalLong function(int pid) {
    return pid < functions.length && functions[pid] != 0
        ? OptionalLong.of(functions[pid])
        : OptionalLong.empty();
  }

  RunningWork copy() {
    return new RunningWork(functions.clone());
  }
}
