package besser.experiment.verdict;

import besser.experiment.gate.Entry;
import besser.experiment.plan.Arm;
import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.Metric;
import besser.experiment.plan.Plan;
import besser.experiment.plan.PlanReader;
import besser.experiment.plan.Protocol;
import besser.experiment.registration.Registration;
import besser.metrics.Source;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An outcome of Patch C under construction. As it starts, everything is as the plan predicts and
 * nothing else changes; a test bends what it is about.
 */
final class Scene {
  static final LoadedPlan LOADED = PlanReader.read(Path.of("../plans/patch-c.yaml"));
  static final Plan PLAN = LOADED.plan();
  static final String TOP = "4MBps";
  static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  /** Runs differ by this much, repetition by repetition, in both arms. */
  private static final double[] WOBBLE = {1.000, 1.004, 0.997, 1.002, 0.999, 1.003};

  private final SortedMap<String, Double> ratios = new TreeMap<>();
  private final SortedMap<String, double[]> patchedFigures = new TreeMap<>();
  private final SortedMap<String, Outcome.LinkDeath> deaths = new TreeMap<>();
  private final SortedMap<String, Outcome.Invalidity> invalidities = new TreeMap<>();
  private final List<String> unmeasured = new ArrayList<>();
  private final List<String> silent = new ArrayList<>();
  private final List<Entry> records = new ArrayList<>();
  private final List<String> otherVariants = new ArrayList<>();
  private boolean simulated = true;
  private int repetitions = 3;
  private int durationDivisor = 1;

  Scene() {
    patched("rx_queue_lock_acquisitions", TOP, 0, 0, 0);
    patched("bh_wakes_for_rx", TOP, 0, 0, 0);
    patched("unlock_irqrestore_share", TOP, 13.5, 13.6, 13.4);
    patched("goodput", TOP, 1250, 1255, 1246);
  }

  /** The patched arm's figures of a metric at a step. */
  Scene patched(String metric, String step, double... figures) {
    patchedFigures.put(metric + "@" + step, figures.clone());
    return this;
  }

  /** The baseline arm counts none of this metric at this step. */
  Scene silentBaseline(String metric, String step) {
    silent.add(metric + "@" + step);
    return this;
  }

  /** The patched arm's figures are the baseline's times this. */
  Scene ratio(String metric, String step, double ratio) {
    ratios.put(metric + "@" + step, ratio);
    return this;
  }

  Scene death(Arm arm, int repetition, String step, double seconds) {
    deaths.put(
        run(arm, repetition) + "@" + step,
        new Outcome.LinkDeath(seconds, List.of("bes2600: force close")));
    return this;
  }

  Scene invalid(Arm arm, int repetition, Outcome.Invalidity why) {
    invalidities.put(run(arm, repetition), why);
    return this;
  }

  Scene unmeasured(String metric) {
    unmeasured.add(metric);
    return this;
  }

  Scene measuredOnDevice() {
    simulated = false;
    return this;
  }

  Scene repetitions(int number) {
    repetitions = number;
    return this;
  }

  Scene quick() {
    durationDivisor = 60;
    return this;
  }

  Scene record(Entry entry) {
    records.add(entry);
    return this;
  }

  Scene everyGateSatisfied() {
    for (String metric : List.of("bes_sdio_dispatches", "mac80211_rx_skbs")) {
      record(
          new Entry.BaselineMeasured(
              "ada", NOON, metric, TOP, List.of(1.0), "ssh://ohm", false, ""));
    }
    for (String gate : List.of("cite-wsm-handle-rx", "cite-release-tx-buffer")) {
      record(new Entry.Cited("ada", NOON, gate, Entry.Answer.YES, "wsm.h", "any process context"));
    }
    for (String gate : List.of("lock-graph-audit", "bus-error-moved")) {
      record(new Entry.Audited("ada", NOON, gate, Entry.Answer.YES, "looked"));
    }
    return record(new Entry.Reviewed("ada", NOON, "phase-5-review", Entry.Answer.YES, "go"));
  }

  Outcome outcome() {
    List<Outcome.Repetition> all = new ArrayList<>();
    for (Arm arm : Arm.values()) {
      for (int number = 1; number <= repetitions; number++) {
        all.add(repetition(arm, number));
      }
    }
    Outcome.Origin origin =
        new Outcome.Origin(
            simulated ? "sim:pinetab2" : "ssh://ohm",
            simulated,
            simulated ? Optional.of(1L) : Optional.empty(),
            durationDivisor);
    List<Outcome.OtherArm> others = new ArrayList<>();
    for (String variant : otherVariants) {
      List<Outcome.Repetition> ramps =
          all.stream().filter(repetition -> repetition.arm() == Arm.PATCHED).toList();
      others.add(new Outcome.OtherArm(variant, ramps));
    }
    return new Outcome(PLAN.id(), origin, repetitions, all, others);
  }

  /** A further variant that does what the patched arm does. */
  Scene other(String variant) {
    otherVariants.add(variant);
    return this;
  }

  Evidence evidence() {
    Registration registration = Registration.of(LOADED, "ada", NOON);
    return Evidence.of(LOADED, registration, outcome(), LOADED, records);
  }

  Verdict verdict() {
    return Judge.judge(evidence());
  }

  private Outcome.Repetition repetition(Arm arm, int number) {
    List<Outcome.Step> steps = new ArrayList<>();
    for (Protocol.Step planned : PLAN.protocol().ramp()) {
      steps.add(step(arm, number, planned.id()));
      if (steps.getLast().linkDeath().isPresent()) {
        break;
      }
    }
    return new Outcome.Repetition(arm, number, steps);
  }

  private Outcome.Step step(Arm arm, int number, String step) {
    SortedMap<String, Double> values = new TreeMap<>();
    SortedMap<String, String> missing = new TreeMap<>();
    for (Metric metric : PLAN.metrics()) {
      boolean reported =
          metric.steps().contains(step)
              && !(metric.source() instanceof Source.Spread)
              && !(metric.source() instanceof Source.Link);
      if (reported && unmeasured.contains(metric.id())) {
        missing.put(metric.id(), "no such event on this kernel");
      } else if (reported) {
        values.put(metric.id(), figure(metric.id(), step, arm, number));
      }
    }
    return new Outcome.Step(
        step,
        values,
        missing,
        Optional.ofNullable(invalidities.get(run(arm, number))).stream().toList(),
        Optional.ofNullable(deaths.get(run(arm, number) + "@" + step)));
  }

  private double figure(String metric, String step, Arm arm, int number) {
    String place = metric + "@" + step;
    double[] given = patchedFigures.get(place);
    if (arm == Arm.PATCHED && given != null) {
      return given[number - 1];
    }
    if (arm == Arm.BASELINE && silent.contains(place)) {
      return 0;
    }
    boolean wild = metric.equals("goodput") && step.equals(TOP);
    double baseline = wild ? new double[] {725, 663, 75, 700, 650, 600}[number - 1] : 700;
    double wobble = WOBBLE[(number + (arm == Arm.PATCHED ? 2 : 0)) % WOBBLE.length];
    return baseline * wobble * (arm == Arm.PATCHED ? ratios.getOrDefault(place, 1.0) : 1.0);
  }

  private static String run(Arm arm, int number) {
    return arm.word() + " " + number;
  }
}
