package besser.experiment.plan;

import besser.metrics.Source;
import besser.metrics.Unit;
import java.time.LocalDate;
import java.util.List;

/**
 * One change, from its goal to the rule by which it is judged. See {@code plan.schema.json} for the
 * file's form.
 *
 * @param id short name, also the file's: {@code patch-c}
 * @param substrate where the figures of this plan come from: machine, link, what was seen
 * @param situation what holds at the time of writing
 * @param untouched what is deliberately left alone, and why
 * @param device what it asks of a real device
 * @param document the whole plan in its author's words, section by section
 */
public record Plan(
    String id,
    String title,
    String author,
    LocalDate written,
    String status,
    String scope,
    Substrate substrate,
    Goal goal,
    List<String> situation,
    List<Metric> metrics,
    Baseline baseline,
    Approach approach,
    List<Change> touched,
    List<Change> untouched,
    List<Prediction> predictions,
    List<Risk> risks,
    List<Demand> gates,
    Protocol protocol,
    DevicePlan device,
    List<FollowOn> followOns,
    List<Section> document) {

  public Plan {
    situation = List.copyOf(situation);
    metrics = List.copyOf(metrics);
    touched = List.copyOf(touched);
    untouched = List.copyOf(untouched);
    predictions = List.copyOf(predictions);
    risks = List.copyOf(risks);
    gates = List.copyOf(gates);
    followOns = List.copyOf(followOns);
    document = List.copyOf(document);
  }

  /** What the plan stands on. */
  public record Substrate(
      LocalDate anchored, String record, String sender, String receiver, List<String> facts) {
    public Substrate {
      facts = List.copyOf(facts);
    }
  }

  /** A place in the code and what happens, or does not happen, to it. */
  public record Change(String where, String what) {}

  /** Work that waits for this plan's outcome. */
  public record FollowOn(String id, String what, String gatedOn) {}

  /** Which part of the hand-over a section belongs to. */
  public enum Part {
    GOAL,
    SITUATION,
    MEASUREMENTS,
    PLAN;

    public String word() {
      return Words.kebab(name());
    }
  }

  /** A section of the plan in its author's words, in Markdown. */
  public record Section(String heading, Part part, String text) {}

  /**
   * The metric with this id.
   *
   * @throws IllegalArgumentException when the plan has none
   */
  public Metric metric(String metricId) {
    return metrics.stream()
        .filter(metric -> metric.id().equals(metricId))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException("plan %s has no metric '%s'".formatted(id, metricId)));
  }

  /**
   * The unit of a metric's figure of one repetition; a spread's is that of what it is a spread of.
   */
  public Unit unitOfOneRepetition(String metricId) {
    Metric metric = metric(metricId);
    return metric.source() instanceof Source.Spread(String of) ? metric(of).unit() : metric.unit();
  }
}
