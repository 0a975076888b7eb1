package besser.rig.real;

import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.PlanReader;
import besser.experiment.verdict.Verdict;
import besser.rig.device.Device;
import besser.rig.device.Progress;
import besser.rig.execution.Execution;
import besser.rig.execution.Judgement;
import besser.rig.execution.NewRun;
import besser.rig.execution.RunRequest;
import besser.rig.run.Journal;
import besser.rig.run.LiveStep;
import besser.rig.run.RepetitionId;
import besser.rig.run.RunDirectory;
import besser.rig.run.WatchPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs shipped plans, shortened, as the command line does. */
final class Experiments {
  /**
   * What the tests measure of NAPI threads is measured of the whole kernel: who asserts it needs
   * them for itself, who merely makes some says so too.
   */
  static final String NAPI_THREADS = "the kernel's NAPI threads";

  private Experiments() {}

  /** Watches a run as another process would, and keeps what it saw. */
  static final class Watching implements Progress {
    final List<LiveStep> seen = new ArrayList<>();
    private final WatchPoint watchPoint;

    Watching(Path run) {
      this.watchPoint = new WatchPoint(run);
    }

    @Override
    public synchronized void at(RepetitionId repetition, String step, double done, double total) {
      watchPoint.watch();
      watchPoint.steps().forEach(s -> seen.add(s.step()));
    }

    @Override
    public boolean stopRequested() {
      return false;
    }
  }

  /** An operator who allows everything and keeps what was said. */
  static final class Yes implements Operator {
    final List<String> said = new ArrayList<>();

    @Override
    public boolean allows(String where, List<String> commands) {
      return true;
    }

    @Override
    public synchronized void toDo(String what) {
      said.add("to do: " + what);
    }

    @Override
    public synchronized void note(String line) {
      said.add(line);
    }
  }

  static LoadedPlan threadedNapi() {
    return PlanReader.read(Path.of("..", "plans", "threaded-napi.yaml"));
  }

  /** The same plan with its last step alone, in which everything is captured, and that long. */
  static LoadedPlan threadedNapi(Path dir, Duration lastStep) throws IOException {
    String text = threadedNapi().text();
    int ramp = text.indexOf("    - step: 2MBps");
    int last = text.indexOf("    - step: 20MBps");
    String single = text.substring(0, ramp) + text.substring(last);
    Path file = dir.resolve("threaded-napi.yaml");
    Files.writeString(
        file,
        single.replaceFirst("duration: 15 s", "duration: %d s".formatted(lastStep.toSeconds())));
    return PlanReader.read(file);
  }

  /** Runs a plan with the durations of its steps divided. */
  static RunDirectory run(Path into, LoadedPlan plan, Device device, int repetitions, int divisor) {
    return run(into, plan, device, repetitions, divisor, Progress.NONE);
  }

  /** The same with somebody who looks on. */
  static RunDirectory run(
      Path into, LoadedPlan plan, Device device, int repetitions, int divisor, Progress progress) {
    RunRequest request =
        new RunRequest(
            List.of("softirq", "kthread"),
            repetitions,
            1,
            divisor,
            Optional.empty(),
            "test",
            "test");
    RunDirectory directory = NewRun.begin(into, plan, device, request);
    try (Journal journal = directory.openJournal()) {
      new Execution(directory, plan.plan(), device).run(journal, progress);
    }
    return directory;
  }

  static Verdict judge(RunDirectory directory) {
    Judgement judgement = new Judgement(directory);
    return judgement.judge(judgement.registered(), List.of());
  }
}
