package besser.rig.execution;

import besser.experiment.gate.Entry;
import besser.experiment.json.Json;
import besser.experiment.plan.Arm;
import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.PlanReader;
import besser.experiment.registration.Registration;
import besser.experiment.verdict.Evidence;
import besser.experiment.verdict.Judge;
import besser.experiment.verdict.NoiseFloors;
import besser.experiment.verdict.Outcome;
import besser.experiment.verdict.Verdict;
import besser.rig.run.FigureRecord;
import besser.rig.run.NoiseRecord;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import besser.rig.run.RunRecord;
import besser.rig.run.StepRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** From a finished run's records to its verdict. */
public final class Judgement {
  private final RunDirectory directory;
  private final LoadedPlan registered;
  private final Registration registration;

  /** Of the run in this directory, by the plan that was registered with it. */
  public Judgement(RunDirectory directory) {
    this.directory = directory;
    String plan = text(directory.planFile());
    this.registered = PlanReader.read("plan.yaml", plan);
    this.registration = Registration.read(text(directory.registrationFile()));
  }

  /** The plan as registered. */
  public LoadedPlan registered() {
    return registered;
  }

  /**
   * The verdict; the same records give the same.
   *
   * @param now the plan file as it is now
   * @param records what was recorded about the plan
   */
  public Verdict judge(LoadedPlan now, List<Entry> records) {
    Evidence evidence = Evidence.of(registered, registration, outcome(), now, records);
    return Judge.judge(
        directory.noise().map(noise -> evidence.withNoise(noise.floors())).orElse(evidence));
  }

  /** What an A/A run showed. */
  public NoiseRecord noise() {
    RunRecord run = directory.run();
    return new NoiseRecord(
        run.plan(),
        run.device(),
        run.simulated(),
        run.profileHash(),
        run.durationDivisor(),
        run.order().getFirst().repetition().variant(),
        repetitionsPlanned(run) / Arm.values().length,
        NoiseFloors.of(registered.plan(), outcome()));
  }

  /** Writes a verdict into the run's directory. */
  public void write(Verdict verdict) {
    directory.write("verdict.json", Json.page(verdict));
  }

  /** The verdict that was written into a run's directory. */
  public static Verdict read(RunDirectory directory) {
    return Json.read(text(directory.verdictFile()), Verdict.class);
  }

  private Outcome outcome() {
    RunRecord run = directory.run();
    List<Outcome.Repetition> repetitions = new ArrayList<>();
    Map<String, List<Outcome.Repetition>> others = new LinkedHashMap<>();
    for (RepetitionRecord record : directory.repetitions()) {
      Optional<Arm> arm = armOf(record);
      Outcome.Repetition repetition =
          new Outcome.Repetition(
              arm.orElse(Arm.PATCHED),
              record.id().number(),
              record.steps().stream().map(Judgement::step).toList());
      if (arm.isPresent()) {
        repetitions.add(repetition);
      } else {
        others.computeIfAbsent(record.id().variant(), v -> new ArrayList<>()).add(repetition);
      }
    }
    Optional<Long> seed = run.simulated() ? Optional.of(run.seed()) : Optional.empty();
    return new Outcome(
        registered.plan().id(),
        new Outcome.Origin(run.device(), run.simulated(), seed, run.durationDivisor()),
        repetitionsPlanned(run),
        repetitions,
        others.entrySet().stream()
            .map(other -> new Outcome.OtherArm(other.getKey(), other.getValue()))
            .toList());
  }

  private static int repetitionsPlanned(RunRecord run) {
    return run.order().stream().mapToInt(slot -> slot.repetition().number()).max().orElse(0);
  }

  private static Optional<Arm> armOf(RepetitionRecord record) {
    for (Arm arm : Arm.values()) {
      if (arm.word().equals(record.arm())) return Optional.of(arm);
    }
    return Optional.empty();
  }

  private static Outcome.Step step(StepRecord record) {
    SortedMap<String, Double> values = new TreeMap<>();
    SortedMap<String, String> unmeasured = new TreeMap<>(record.unmeasured());
    for (FigureRecord figure : record.figures()) values.put(figure.metric(), figure.value());
    return new Outcome.Step(
        record.step(),
        values,
        unmeasured,
        record.invalid(),
        record.linkDeath().map(d -> new Outcome.LinkDeath(d.atSeconds(), d.log())));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
