package besser.cli;

import besser.experiment.gate.Entry;
import besser.experiment.gate.RecordFile;
import besser.experiment.json.Json;
import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.PlanReader;
import besser.experiment.plan.Protocol;
import besser.experiment.registration.PlanPower;
import besser.experiment.verdict.Verdict;
import besser.report.html.HtmlReport;
import besser.report.text.VerdictText;
import besser.rig.device.Device;
import besser.rig.device.RepetitionStopped;
import besser.rig.execution.Execution;
import besser.rig.execution.Judgement;
import besser.rig.execution.NewRun;
import besser.rig.execution.RunRequest;
import besser.rig.run.Digest;
import besser.rig.run.Journal;
import besser.rig.run.JournalEntry;
import besser.rig.run.Manifest;
import besser.rig.run.RunDirectory;
import besser.rig.run.RunRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
      "  besser run --resume runs/patch-c-…     goes on with a run that was stopped or killed"
    })
final class RunCommand implements Callable<Integer> {
  private static final int QUICK_DIVISOR = 60;
  private static final long STOP_SECONDS = 10;

  @Parameters(
      arity = "0..1",
      paramLabel = "PLAN",
      description = "name of a plan in plans/, or a .yaml file")
  private Optional<String> plan = Optional.empty();

  @Option(
      names = "--device",
      defaultValue = "sim:pinetab2",
      paramLabel = "DEVICE",
      description = "what to run on: sim:PROFILE (default: ${DEFAULT-VALUE})")
  private String device = "";

  @Option(
      names = "--arms",
      split = ",",
      paramLabel = "VARIANT",
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

  @Option(names = "--quick", description = "divide all durations of the ramp by 60")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where the run goes (default: runs/PLAN-TIME)")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--resume", paramLabel = "DIR", description = "go on with the run in DIR")
  private Optional<Path> resume = Optional.empty();

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
    LoadedPlan loaded = PlanReader.read(Names.plan(name));
    try (Device opened = Devices.open(device)) {
      RunDirectory directory = begin(loaded, opened);
      return carryOut(directory, loaded, opened);
    }
  }

  private int goOn(Path path) {
    if (plan.isPresent()) {
      throw new BadInput("--resume takes the plan from the run; leave '" + plan.get() + "' out");
    }
    RunDirectory directory = RunDirectory.open(path);
    RunRecord run = directory.run();
    LoadedPlan registered = new Judgement(directory).registered();
    try (Device opened = Devices.open(run.device())) {
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

  private RunDirectory begin(LoadedPlan loaded, Device opened) {
    Protocol protocol = loaded.plan().protocol();
    List<String> variants =
        arms.isEmpty() ? List.of(protocol.baselineVariant(), protocol.patchedVariant()) : arms;
    RunRequest request;
    try {
      request =
          new RunRequest(
              variants,
              repetitions.orElse(protocol.repetitions()),
              seed,
              quick ? QUICK_DIVISOR : 1,
              Version.number(),
              System.getProperty("user.name", "unknown"));
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
    RunDirectory directory =
        NewRun.begin(out.orElseGet(() -> freshPath(loaded)), loaded, opened, request);
    terminal.say(
        "run %s: %s on %s%s, %d repetitions each of %s%s"
            .formatted(
                directory.root(),
                loaded.plan().id(),
                opened.name(),
                opened.simulated() ? " (simulated)" : "",
                request.repetitions(),
                String.join(", ", variants),
                quick ? ", QUICK: durations divided by " + QUICK_DIVISOR : ""));
    terminal.say(
        PlanPower.statement(request.repetitions(), request.repetitions(), protocol.significance()));
    return directory;
  }

  private Path freshPath(LoadedPlan loaded) {
    String time =
        LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
    return Path.of("runs", loaded.plan().id() + "-" + time + (quick ? "-quick" : ""));
  }

  private int carryOut(RunDirectory directory, LoadedPlan loaded, Device opened) {
    Execution execution = new Execution(directory, loaded.plan(), opened);
    CountDownLatch left = new CountDownLatch(1);
    try (Journal journal = directory.openJournal();
        ProgressDisplay progress = new ProgressDisplay(terminal, execution.missing().size())) {
      Thread onSignal = new Thread(() -> stop(directory, progress, left), "on-signal");
      Runtime.getRuntime().addShutdownHook(onSignal);
      try {
        execution.run(journal, progress);
      } catch (RepetitionStopped e) {
        journal.append(new JournalEntry.Interrupted(JournalEntry.now()));
        return ExitStatus.INTERRUPTED;
      } finally {
        left.countDown();
        forget(onSignal);
      }
      progress.clear();
      return conclude(directory, journal);
    }
  }

  /** Runs when the JVM is told to end: lets repetitions stop, and says how to go on. */
  private void stop(RunDirectory directory, ProgressDisplay progress, CountDownLatch left) {
    progress.requestStop();
    try {
      boolean stopped = left.await(STOP_SECONDS, TimeUnit.SECONDS);
      progress.clear();
      terminal.say(
          (stopped ? "interrupted" : "interrupted in the middle of a repetition")
              + "; what had finished is kept. Go on with: besser run --resume "
              + directory.root());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread onSignal) {
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException e) {
      // The JVM is ending already, and the hook is what ends it.
    }
  }

  private int conclude(RunDirectory directory, Journal journal) {
    Judgement judgement = new Judgement(directory);
    Verdict verdict = judgement.judge(judgement.registered(), records(directory));
    judgement.write(verdict);
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
