package besser.rig.real;

import besser.experiment.plan.LoadedPlan;
import besser.rig.device.Device;
import besser.rig.device.Progress;
import besser.rig.execution.Execution;
import besser.rig.execution.NewRun;
import besser.rig.execution.RunRequest;
import besser.rig.run.Journal;
import besser.rig.run.RepetitionId;
import besser.rig.run.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A besser in a process of its own, that is killed in its second repetition. */
final class KilledRun {
  private KilledRun() {}

  /** Begins a run in the directory given, and says when its second repetition is under load. */
  public static void main(String[] arguments) {
    LoadedPlan plan = Experiments.threadedNapi();
    try (Device device = device(plan)) {
      RunRequest request =
          new RunRequest(List.of("softirq", "kthread"), 1, 1, 10, Optional.empty(), "test", "test");
      RunDirectory directory = NewRun.begin(Path.of(arguments[0]), plan, device, request);
      try (Journal journal = directory.openJournal()) {
        new Execution(directory, plan.plan(), device).run(journal, new Announcing());
      }
    }
  }

  private static Device device(LoadedPlan plan) {
    return LinuxDevice.local(plan.plan().device(), new Experiments.Yes(), false);
  }

  /** Goes on with it. */
  static void goOn(Path root) {
    LoadedPlan plan = Experiments.threadedNapi();
    RunDirectory directory = RunDirectory.open(root);
    try (Device device = device(plan);
        Journal journal = directory.openJournal()) {
      new Execution(directory, plan.plan(), device).run(journal, Progress.NONE);
    }
  }

  private static final class Announcing implements Progress {
    private boolean said;

    @Override
    public synchronized void at(RepetitionId id, String step, double done, double total) {
      if (said || !id.variant().equals("kthread")) return;
      said = true;
      System.out.println("loaded");
    }

    @Override
    public boolean stopRequested() {
      return false;
    }
  }
}
