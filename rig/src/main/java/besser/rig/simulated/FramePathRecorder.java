package besser.rig.simulated;

import besser.rig.run.FramePath;
import besser.trace.Event;
import besser.trace.EventSink;
import besser.trace.LostEvents;
import besser.trace.TraceFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps a short stretch of trace, from which the way of one batch of frames is read. */
final class FramePathRecorder implements EventSink {
  /** The events that show who runs where, and who makes whom run. */
  static final List<String> EVENTS =
      List.of(
          "irq:irq_handler_entry",
          "irq:irq_handler_exit",
          "irq:softirq_entry",
          "irq:softirq_exit",
          "sched:sched_switch",
          "sched:sched_wakeup",
          "workqueue:workqueue_queue_work",
          "workqueue:workqueue_execute_start",
          "workqueue:workqueue_execute_end",
          "mmc:mmc_request_start",
          "mmc:mmc_request_done",
          "kprobe:ieee80211_rx_irqsafe");

  /**
   * One event with what the path needs of it.
   *
   * @param name without its system
   * @param inInterrupt whether what happened interrupts the task
   * @param number the other task, the vector, the address of the function, the command
   * @param text the other task's or the interrupt's name
   */
  record Moment(
      String name,
      long timeNanos,
      int cpu,
      int pid,
      String comm,
      boolean inInterrupt,
      long number,
      String text) {}

  private final List<Moment> moments = new ArrayList<>();

  @Override
  public void event(Event event) {
    String name = event.format().name();
    moments.add(
        new Moment(
            name,
            event.timeNanos(),
            event.cpu(),
            event.pid(),
            event.comm(),
            TraceFlags.interrupt(event.number(event.format().field("common_flags"))) != 0,
            numberField(name).map(f -> event.number(event.format().field(f))).orElse(0L),
            textField(name).map(f -> event.text(event.format().field(f))).orElse("")));
  }

  @Override
  public void lost(LostEvents lost) {
    // A simulated device loses none.
  }

  private static Optional<String> numberField(String event) {
    return switch (event) {
      case "irq_handler_entry", "irq_handler_exit" -> Optional.of("irq");
      case "softirq_entry", "softirq_exit" -> Optional.of("vec");
      case "sched_switch" -> Optional.of("next_pid");
      case "sched_wakeup" -> Optional.of("pid");
      case "workqueue_queue_work", "workqueue_execute_start" -> Optional.of("function");
      case "mmc_request_start", "mmc_request_done" -> Optional.of("cmd_opcode");
      default -> Optional.empty();
    };
  }

  private static Optional<String> textField(String event) {
    return switch (event) {
      case "irq_handler_entry" -> Optional.of("name");
      case "sched_switch" -> Optional.of("next_comm");
      case "sched_wakeup" -> Optional.of("comm");
      default -> Optional.empty();
    };
  }

  List<Moment> moments() {
    return moments;
  }

  /**
   * The way of one batch in what was kept.
   *
   * @param variant the arm
   * @param names of functions by address
   * @param works the work functions of tasks that were in them when recording began
   */
  Optional<FramePath> path(
      String variant, FramePathReader.Names names, Map<Integer, String> works) {
    return new FramePathReader(variant, names, works, moments).read();
  }
}
