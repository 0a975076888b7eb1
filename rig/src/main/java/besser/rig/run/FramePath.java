package besser.rig.run;

import java.util.List;

/**
 * The way of one received frame through the contexts that carried it, from the card's interrupt to
 * the network stack.
 *
 * @param variant the arm it was seen in
 * @param spans what ran, by start
 * @param handovers which span made which other run
 */
public record FramePath(String variant, List<Span> spans, List<Handover> handovers) {
  public FramePath {
    spans = List.copyOf(spans);
    handovers = List.copyOf(handovers);
  }

  /**
   * Something that ran.
   *
   * @param lane the context: {@code hardirq cpu0}, {@code softirq cpu0}, a task's name
   * @param label the function or the bus transfer
   * @param startNanos from the start of the path
   * @param endNanos from the start of the path
   */
  public record Span(String lane, String label, long startNanos, long endNanos) {
    public Span {
      if (startNanos < 0 || endNanos < startNanos) {
        throw new IllegalArgumentException(
            "span " + label + " must have 0 <= start <= end, got " + startNanos + " " + endNanos);
      }
    }
  }

  /**
   * One context making another run.
   *
   * @param atNanos from the start of the path
   * @param fromLane the context that queued, woke or raised
   * @param toLane the context that ran because of it
   * @param how such as {@code queue_work}, {@code wake_up}, {@code tasklet_schedule}
   */
  public record Handover(long atNanos, String fromLane, String toLane, String how) {}
}
