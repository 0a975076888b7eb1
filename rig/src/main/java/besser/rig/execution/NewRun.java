package besser.rig.execution;

import besser.experiment.plan.LoadedPlan;
import besser.experiment.registration.Registration;
import besser.rig.device.Device;
import besser.rig.device.DeviceUnable;
import besser.rig.run.Journal;
import besser.rig.run.JournalEntry;
import besser.rig.run.RunDirectory;
import besser.rig.run.RunRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Begins a run: registers the plan, before anything is measured, and writes what the run is. */
public final class NewRun {
  private static final int LISTED = 8;

  private NewRun() {}

  /**
   * Makes the run's directory with the registered plan in it.
   *
   * @throws DeviceUnable when the device has no such variant
   * @throws IllegalArgumentException when the noise floors are of another plan or device
   */
  public static RunDirectory begin(Path root, LoadedPlan plan, Device device, RunRequest request) {
    for (String variant : request.arms()) requireVariant(device, variant);
    Registration registration = Registration.of(plan, request.by(), Instant.now());
    List<RunRecord.Slot> order =
        RunOrder.of(
            plan.plan().protocol().interleaving(),
            request.arms().getFirst(),
            request.patchedArm(),
            request.otherArms(),
            request.repetitions());
    RunRecord run =
        new RunRecord(
            RunRecord.FORMAT,
            request.besserVersion(),
            plan.plan().id(),
            registration.judgedSha256(),
            device.name(),
            device.simulated(),
            device.profileHash(),
            request.seed(),
            request.durationDivisor(),
            order);
    request.noise().ifPresent(noise -> noise.requireFits(run));
    RunDirectory directory = RunDirectory.create(root);
    directory.write("plan.yaml", plan.text());
    directory.write("registration.json", registration.json());
    directory.writeRun(run);
    request.noise().ifPresent(directory::writeNoise);
    try (Journal journal = directory.openJournal()) {
      journal.append(new JournalEntry.Begun(JournalEntry.now(), request.besserVersion()));
      journal.append(new JournalEntry.Registered(JournalEntry.now(), registration.judgedSha256()));
    }
    return directory;
  }

  private static void requireVariant(Device device, String variant) {
    if (!device.variants().contains(variant)) {
      throw new DeviceUnable(
          "%s has no variant '%s'; it has %s".formatted(device.name(), variant, listed(device)));
    }
  }

  private static String listed(Device device) {
    List<String> some = device.variants().stream().limit(LISTED).toList();
    String rest = device.variants().size() > LISTED ? ", … (see `besser variants`)" : "";
    return String.join(", ", some) + rest;
  }
}
