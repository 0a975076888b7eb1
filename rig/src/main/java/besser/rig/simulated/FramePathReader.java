package besser.rig.simulated;

import besser.rig.run.FramePath;
import besser.rig.simulated.FramePathRecorder.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads from a stretch of trace which contexts ran when, and picks the batch to show: of those that
 * carried frames, the one that took the median time.
 */
final class FramePathReader {
  /** What functions are called. */
  interface Names {
    String of(long address);
  }

  private static final String SDIO_IRQ_WORK = "sdio_irq_work";
  private static final String[] SOFTIRQS = {
    "HI", "TIMER", "NET_TX", "NET_RX", "BLOCK", "IRQ_POLL", "TASKLET", "SCHED", "HRTIMER", "RCU"
  };

  private record Open(String lane, String label, long startNanos) {}

  private record Batch(long startNanos, long endNanos) {}

  private final String variant;
  private final Names names;

  /** The function of the work item that each task is in, by pid. */
  private final Map<Integer, String> works;

  private final List<Moment> moments;
  private final Map<String, Open> open = new LinkedHashMap<>();
  private final List<FramePath.Span> spans = new ArrayList<>();
  private final List<FramePath.Handover> handovers = new ArrayList<>();
  private final Map<Integer, String> laneOfTask = new LinkedHashMap<>();

  FramePathReader(String variant, Names names, Map<Integer, String> works, List<Moment> moments) {
    this.variant = variant;
    this.names = names;
    this.works = new HashMap<>(works);
    this.moments = moments;
  }

  Optional<FramePath> read() {
    return batch().map(this::path);
  }

  /** From the interrupt to the end of the softirq that took the last frame up. */
  private Optional<Batch> batch() {
    List<Batch> batches = new ArrayList<>();
    long irq = -1;
    long start = -1;
    long lastFrame = -1;
    int lastFrameCpu = -1;
    long end = -1;
    for (Moment moment : moments) {
      switch (moment.name()) {
        case "irq_handler_entry" -> irq = moment.timeNanos();
        case "workqueue_queue_work" -> {
          if (!names.of(moment.number()).equals(SDIO_IRQ_WORK) || irq < 0) break;
          if (lastFrame >= 0 && end > lastFrame) batches.add(new Batch(start, end));
          start = irq;
          lastFrame = -1;
          end = -1;
        }
        case "ieee80211_rx_irqsafe" -> {
          if (start >= 0) lastFrame = moment.timeNanos();
          lastFrameCpu = moment.cpu();
          end = -1;
        }
        case "softirq_exit" -> {
          if (lastFrame >= 0 && end < 0 && moment.cpu() == lastFrameCpu) end = moment.timeNanos();
        }
        default -> {
          // The others say who ran, which is of no interest yet.
        }
      }
    }
    if (batches.isEmpty()) return Optional.empty();
    batches.sort((a, b) -> Long.compare(a.endNanos - a.startNanos, b.endNanos - b.startNanos));
    return Optional.of(batches.get(batches.size() / 2));
  }

  private FramePath path(Batch batch) {
    for (Moment moment : moments) {
      if (moment.timeNanos() > batch.endNanos) break;
      step(moment, moment.timeNanos() >= batch.startNanos);
    }
    for (Open still : open.values()) close(still, batch.endNanos);
    List<FramePath.Span> shown = new ArrayList<>();
    for (FramePath.Span span : spans) {
      long from = Math.max(span.startNanos(), batch.startNanos);
      long to = Math.min(span.endNanos(), batch.endNanos);
      if (from < to) {
        shown.add(
            new FramePath.Span(
                span.lane(), span.label(), from - batch.startNanos, to - batch.startNanos));
      }
    }
    shown.sort((a, b) -> Long.compare(a.startNanos(), b.startNanos()));
    List<FramePath.Handover> moved = new ArrayList<>();
    for (FramePath.Handover h : handovers) {
      moved.add(
          new FramePath.Handover(
              h.atNanos() - batch.startNanos, h.fromLane(), h.toLane(), h.how()));
    }
    return new FramePath(variant, shown, moved);
  }

  private void step(Moment m, boolean inBatch) {
    switch (m.name()) {
      case "irq_handler_entry" -> begin("irq" + m.cpu(), hardirq(m.cpu()), m.text(), m.timeNanos());
      case "irq_handler_exit" -> end("irq" + m.cpu(), m.timeNanos());
      case "softirq_entry" ->
          begin("softirq" + m.cpu(), softirq(m.cpu()), vector(m.number()), m.timeNanos());
      case "softirq_exit" -> end("softirq" + m.cpu(), m.timeNanos());
      case "sched_switch" -> {
        end("task" + m.cpu(), m.timeNanos());
        int next = (int) m.number();
        if (next != 0) {
          String lane = lane(next, m.text());
          begin("task" + m.cpu(), lane, label(next, m.text()), m.timeNanos());
        }
      }
      case "workqueue_execute_start" -> {
        // A work item in a softirq is no business of the task below it.
        if (m.inInterrupt()) return;
        works.put(m.pid(), names.of(m.number()));
        laneOfTask.remove(m.pid());
        end("task" + m.cpu(), m.timeNanos());
        begin("task" + m.cpu(), lane(m.pid(), m.comm()), label(m.pid(), m.comm()), m.timeNanos());
      }
      case "workqueue_execute_end" -> {
        if (!m.inInterrupt()) works.remove(m.pid());
      }
      case "mmc_request_start" -> begin("mmc", "SDIO bus", "CMD" + m.number(), m.timeNanos());
      case "mmc_request_done" -> end("mmc", m.timeNanos());
      case "workqueue_queue_work" -> {
        if (inBatch) handover(m, names.of(m.number()), "queue_work");
      }
      case "sched_wakeup" -> {
        if (inBatch) handover(m, lane((int) m.number(), m.text()), "wake_up");
      }
      case "ieee80211_rx_irqsafe" -> {
        if (inBatch) handover(m, softirq(m.cpu()), "tasklet_schedule");
      }
      default -> throw new IllegalStateException("not a recorded event: " + m.name());
    }
  }

  private void handover(Moment m, String toLane, String how) {
    handovers.add(new FramePath.Handover(m.timeNanos(), runningOn(m.cpu()), toLane, how));
  }

  private String runningOn(int cpu) {
    for (String context : List.of("irq" + cpu, "softirq" + cpu, "task" + cpu)) {
      Open running = open.get(context);
      if (running != null) return running.lane;
    }
    return "idle";
  }

  /** A task in a work item is known by the item's function, which is what readers look for. */
  private String lane(int pid, String comm) {
    return laneOfTask.computeIfAbsent(pid, p -> label(p, comm));
  }

  private String label(int pid, String comm) {
    return works.getOrDefault(pid, comm);
  }

  private static String hardirq(int cpu) {
    return "hardirq cpu" + cpu;
  }

  private static String softirq(int cpu) {
    return "softirq cpu" + cpu;
  }

  private static String vector(long number) {
    return number >= 0 && number < SOFTIRQS.length ? SOFTIRQS[(int) number] : "vec " + number;
  }

  private void begin(String context, String lane, String label, long timeNanos) {
    open.put(context, new Open(lane, label, timeNanos));
  }

  private void end(String context, long timeNanos) {
    Open ended = open.remove(context);
    if (ended != null) close(ended, timeNanos);
  }

  private void close(Open ended, long timeNanos) {
    spans.add(new FramePath.Span(ended.lane, ended.label, ended.startNanos, timeNanos));
  }
}
