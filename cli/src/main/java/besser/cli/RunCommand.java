package besser.cli;

import besser.experiment.gate.Entry;
import besser.experiment.gate.RecordFile;
import besser.experiment.json.Json;
import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.Plan;
import besser.experiment.plan.PlanReader;
import besser.experiment.plan.Protocol;
import besser.experiment.registration.PlanPower;
import besser.experiment.stats.NoiseFloor;
import besser.experiment.verdict.Verdict;
import besser.report.html.HtmlReport;
import besser.report.text.NoiseText;
import besser.report.text.VerdictText;
import besser.rig.device.Device;
import besser.rig.device.RepetitionStopped;
import besser.rig.execution.Execution;
import besser.rig.execution.Judgement;
import besser.rig.execution.NewRun;
import besser.rig.execution.RunRequest;
import besser.rig.real.LinuxDevice;
import besser.rig.run.Digest;
import besser.rig.run.Journal;
import besser.rig.run.JournalEntry;
import besser.rig.run.Manifest;
import besser.rig.run.NoiseRecord;
import besser.rig.run.RunDirectory;
import besser.rig.run.RunRecord;
import besser.rig.simulated.SimulatedDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code besser run}: the main job. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a plan's whole protocol on a device, judges the outcome against the plan's registered",
      "predictions, prints the verdict and leaves a report.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  besser run patch-c                     the plan's own durations, on the simulated PineTab2",
      "  besser run patch-c --quick             all durations divided by 60",
      "  besser run patch-c --seed 7 --json     another seed; the verdict as JSON",
      "  besser run threaded-napi               a real experiment on this machine, five minutes",
      "  besser run patch-c --device ssh://root@ohm",
      "  besser run --resume runs/patch-c-…     goes on with a run that was stopped or killed",
      "  besser run patch-c --aa --out aa       the baseline against itself: the noise floors",
      "  besser run patch-c --noise aa          judges with these noise floors"
    })
final class RunCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "PLAN",
      description = "name of a plan in plans/, or a .yaml file")
  private Optional<String> plan = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "what to run on: sim:PROFILE, local:, ssh://[USER@]HOST[:PORT] (default: the plan's,"
              + " otherwise sim:pinetab2)")
  private Optional<String> device = Optional.empty();

  @Option(
      names = "--allow",
      description = "allow the plan's commands on a real device without asking")
  private boolean allow;

  @Option(names = "--keep-trace", description = "keep each step's trace.dat of a real device")
  private boolean keepTrace;

  @Option(
      names = "--arms",
      split = ",",
      paramLabel = "VARIANT",
      completionCandidates = VariantsCommand.Candidates.class,
      description = "variants to run: baseline, patched, more to compare (default: the plan's two)")
  private List<String> arms = List.of();

  @Option(
      names = "--reps",
      paramLabel = "N",
      description = "repetitions of each arm (default: the plan's)")
  private Optional<Integer> repetitions = Optional.empty();

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "seed of a simulated device (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--aa",
      description = "A/A run: both arms run the baseline, which shows what chance alone does")
  private boolean noiseRun;

  @Option(
      names = "--noise",
      paramLabel = "DIR",
      description = "judge with the noise floors of the A/A run in DIR")
  private Optional<Path> noise = Optional.empty();

  @Option(names = "--quick", description = "divide all durations of the ramp by 60")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where the run goes (default: runs/PLAN-TIME)")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--resume", paramLabel = "DIR", description = "go on with the run in DIR")
  private Optional<Path> resume = Optional.empty();

  @Option(
      names = "--trace",
      description = {
        "keep what a simulated device's kernel traced, for besser metrics and trace-cmd:",
        "reps/*/capture, some 150 MB for each minute of the ramp"
      })
  private boolean trace;

  @Option(names = "--json", description = "print verdict.json instead of text")
  private boolean json;

  private final Terminal terminal = new Terminal();

  @Override
  public Integer call() {
    if (resume.isPresent()) {
      return goOn(resume.get());
    }
    String name =
        plan.orElseThrow(() -> new BadInput("which plan? for example: besser run patch-c"));
    Path file = Names.plan(name);
    LoadedPlan loaded = PlanReader.read(file);
    String wanted = device.or(() -> loaded.plan().device().usual()).orElse(Devices.USUAL);
    try (Device opened = open(wanted, loaded, Names.ships(file))) {
      if (opened instanceof LinuxDevice real) PreflightCommand.require(terminal, real, loaded);
      RunDirectory directory = begin(loaded, opened);
      return carryOut(directory, loaded, opened);
    }
  }

  private Device open(String wanted, LoadedPlan loaded, boolean ships) {
    Device opened = Devices.open(wanted, loaded.plan(), ships, allow, keepTrace, terminal);
    // A real device's captures are kept anyway.
    return trace && opened instanceof SimulatedDevice simulated
        ? simulated.keepingTraces()
        : opened;
  }

  private int goOn(Path path) {
    if (plan.isPresent()) {
      throw new BadInput("--resume takes the plan from the run; leave '" + plan.get() + "' out");
    }
    RunDirectory directory = RunDirectory.open(path);
    RunRecord run = directory.run();
    LoadedPlan registered = new Judgement(directory).registered();
    try (Device opened = open(run.device(), registered, shipsUnchanged(registered))) {
      if (!opened.profileHash().equals(run.profileHash())) {
        throw new BadInput(
            "the profile of %s is not the one this run began with; restore it, or begin a new run"
                .formatted(run.device()));
      }
      try (Journal journal = directory.openJournal()) {
        journal.append(new JournalEntry.Resumed(JournalEntry.now(), Version.number()));
      }
      return carryOut(directory, registered, opened);
    }
  }

  private static boolean shipsUnchanged(LoadedPlan registered) {
    Path shipped = Names.home().resolve("plans").resolve(registered.plan().id() + ".yaml");
    return Files.exists(shipped) && PlanReader.read(shipped).text().equals(registered.text());
  }

  private RunDirectory begin(LoadedPlan loaded, Device opened) {
    Protocol protocol = loaded.plan().protocol();
    List<String> variants = variants(protocol);
    int count = repetitions.orElse(protocol.repetitions());
    RunDirectory directory = register(loaded, opened, variants, count);
    terminal.say(
        "run %s: %s on %s%s, %d %s each of %s%s"
            .formatted(
                directory.root(),
                loaded.plan().id(),
                opened.name(),
                opened.simulated() ? " (simulated)" : "",
                count,
                count == 1 ? "repetition" : "repetitions",
                String.join(", ", variants),
                quick ? ", QUICK: durations divided by " + Durations.QUICK_DIVISOR : ""));
    if (!noiseRun) {
      SortedMap<String, NoiseFloor> floors =
          directory.noise().map(NoiseRecord::floors).orElseGet(TreeMap::new);
      PlanPower.atRegistration(loaded.plan(), count, Durations.divisor(quick), floors)
          .forEach(terminal::say);
    }
    return directory;
  }

  private List<String> variants(Protocol protocol) {
    if (noiseRun && (noise.isPresent() || arms.size() > 1)) {
      throw new BadInput(
          "--aa runs one variant against itself: no --noise, and one --arms at most");
    }
    if (!noiseRun && arms.size() == 1) {
      throw new BadInput("--arms needs two variants at least; for one against itself, add --aa");
    }
    if (!arms.isEmpty()) return arms;
    return noiseRun
        ? List.of(protocol.baselineVariant())
        : List.of(protocol.baselineVariant(), protocol.patchedVariant());
  }

  private static NoiseRecord floorsIn(Path from) {
    return RunDirectory.open(from)
        .noise()
        .orElseThrow(
            () ->
                new BadInput(
                    from + ": has no noise floors; measure them with: besser run PLAN --aa"));
  }

  private RunDirectory register(
      LoadedPlan loaded, Device opened, List<String> variants, int count) {
    Path path = out.orElseGet(() -> Names.freshRun(loaded.plan().id(), quick));
    try {
      RunRequest request =
          new RunRequest(
              variants,
              count,
              seed,
              Durations.divisor(quick),
              noise.map(RunCommand::floorsIn),
              Version.number(),
              System.getProperty("user.name", "unknown"));
      return NewRun.begin(path, loaded, opened, request);
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }

  private int carryOut(RunDirectory directory, LoadedPlan loaded, Device opened) {
    Execution execution = new Execution(directory, loaded.plan(), opened);
    try (Journal journal = directory.openJournal();
        ProgressDisplay progress = new ProgressDisplay(terminal, execution.missing().size());
        Interruption _ =
            progress.stoppedBySignal(inTime -> sayHowToGoOn(directory, progress, inTime))) {
      try {
        execution.run(journal, progress);
      } catch (RepetitionStopped e) {
        journal.append(new JournalEntry.Interrupted(JournalEntry.now()));
        return ExitStatus.INTERRUPTED;
      }
      progress.clear();
      return conclude(directory, journal);
    }
  }

  private void sayHowToGoOn(RunDirectory directory, ProgressDisplay progress, boolean inTime) {
    progress.clear();
    terminal.say(
        (inTime ? "interrupted" : "interrupted in the middle of a repetition")
            + "; what had finished is kept. Go on with: besser run --resume "
            + directory.root());
  }

  private int conclude(RunDirectory directory, Journal journal) {
    Judgement judgement = new Judgement(directory);
    if (directory.run().runsOneVariantAgainstItself()) {
      NoiseRecord measured = judgement.noise();
      directory.writeNoise(measured);
      Manifest.write(directory);
      terminal.print(
          json
              ? List.of(Json.page(measured).stripTrailing())
              : NoiseText.lines(measured, judgement.registered().plan()));
      return ExitStatus.DONE;
    }
    Verdict verdict = judgement.judge(judgement.registered(), records(directory));
    judgement.write(verdict);
    drawLocks(directory, judgement.registered().plan());
    directory.write(
        "report.html", HtmlReport.render(directory, judgement.registered().plan(), verdict));
    Manifest.write(directory);
    String decision =
        switch (verdict.decision()) {
          case Verdict.Proceed proceed -> "proceed to phase " + proceed.phase();
          case Verdict.LoopBack back -> "loop back to phase " + back.phase();
        };
    String page = Json.page(verdict);
    journal.append(new JournalEntry.Judged(JournalEntry.now(), decision, Digest.sha256(page)));
    if (json) {
      terminal.print(page.stripTrailing());
    } else {
      terminal.print(VerdictText.lines(verdict, terminal.outStyle(), terminal.width()));
    }
    terminal.say("");
    terminal.say("report: " + directory.root().resolve("report.html"));
    return ExitStatus.DONE;
  }

  /** What a risk of the plan asks to see of the model; of a real device nothing is known. */
  private static void drawLocks(RunDirectory directory, Plan plan) {
    if (directory.run().simulated() && LockGraphs.areAskedBy(plan))
      LockGraphs.of(plan).writeTo(directory);
  }

  private static List<Entry> records(RunDirectory directory) {
    try {
      return RecordFile.beside(Names.plan(directory.run().plan())).read();
    } catch (BadInput e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the plan's records", e);
    }
  }
}
