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
  private NewRun() {}

  /**
   * Makes the run's directory with the registered plan in it.
   *
   * @throws DeviceUnable when the device has no such variant
   */
  public static RunDirectory begin(Path root, LoadedPlan plan, Device device, RunRequest request) {
    for (String variant : request.arms()) requireVariant(device, variant);
    RunDirectory directory = RunDirectory.create(root);
    Registration registration = Registration.of(plan, request.by(), Instant.now());
    List<RunRecord.Slot> order =
        RunOrder.of(
            plan.plan().protocol().interleaving(),
            request.arms().get(0),
            request.arms().get(1),
            request.arms().subList(2, request.arms().size()),
            request.repetitions());
    directory.write("plan.yaml", plan.text());
    directory.write("registration.json", registration.json());
    directory.writeRun(
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
            order));
    try (Journal journal = directory.openJournal()) {
      journal.append(new JournalEntry.Begun(JournalEntry.now(), request.besserVersion()));
      journal.append(new JournalEntry.Registered(JournalEntry.now(), registration.judgedSha256()));
    }
    return directory;
  }

  private static void requireVariant(Device device, String variant) {
    if (!device.variants().contains(variant)) {
      throw new DeviceUnable(
          "%s has no variant '%s'; it has %s"
              .formatted(device.name(), variant, String.join(", ", device.variants())));
    }
  }
}
