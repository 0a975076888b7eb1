package besser.rig.real;

import besser.experiment.plan.DevicePlan;
import besser.experiment.plan.Plan;
import besser.rig.connection.Connection;
import besser.rig.connection.Janitor;
import besser.rig.connection.SshAddress;
import besser.rig.device.Device;
import besser.rig.device.DeviceLost;
import besser.rig.device.DeviceUnable;
import besser.rig.device.Progress;
import besser.rig.device.RepetitionRequest;
import besser.rig.device.RepetitionStopped;
import besser.rig.run.RepetitionId;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import besser.rig.traffic.Sender;
import besser.rig.traffic.StepTraffic;
import besser.rig.traffic.TrafficStep;
import besser.rig.traffic.TrafficWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A machine with a real kernel. It is connected when it is first needed and after every loss; a
 * repetition that was cut off is run again, at most {@value #ATTEMPTS} times in all, and what it
 * had measured is kept beside.
 */
public final class LinuxDevice implements Device {
  private static final int ATTEMPTS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int FIRST_WAIT_SECONDS = 2;
  private static final int RECONNECTIONS = 6;

  private final TargetSource source;
  private final DevicePlan plan;
  private final Operator operator;
  private final boolean keepTrace;
  private Optional<Target> target = Optional.empty();
  private String lastBoot = "";
  private boolean rebooted;
  private Optional<Arms> arms = Optional.empty();

  private LinuxDevice(TargetSource source, DevicePlan plan, Operator operator, boolean keepTrace) {
    this.source = source;
    this.plan = plan;
    this.operator = operator;
    this.keepTrace = keepTrace;
  }

  /**
   * This machine.
   *
   * @param keepTrace whether each step's trace.dat stays in the run's directory
   */
  public static LinuxDevice local(DevicePlan plan, Operator operator, boolean keepTrace) {
    return new LinuxDevice(LocalTarget.source(), plan, operator, keepTrace);
  }

  /**
   * A machine over ssh.
   *
   * @param keepTrace whether each step's trace.dat stays in the run's directory
   */
  public static LinuxDevice ssh(
      SshAddress address, DevicePlan plan, Operator operator, boolean keepTrace) {
    return new LinuxDevice(SshTarget.source(address), plan, operator, keepTrace);
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public boolean simulated() {
    return false;
  }

  @Override
  public String profileHash() {
    return "none";
  }

  @Override
  public List<String> variants() {
    return plan.states().stream().map(DevicePlan.State::variant).toList();
  }

  @Override
  public int parallelRepetitions() {
    return 1;
  }

  /**
   * Looks at everything that a plan needs of this device; changes nothing on it but what the plan
   * prepares.
   *
   * @param spool where captures would go on this machine
   */
  public List<Finding> preflight(Plan whole, Path spool, Progress progress) {
    return new Preflight(whole, connected(progress), spool).look();
  }

  /**
   * Sends one step's load to the device and counts it there, with nothing captured.
   *
   * @throws DeviceUnable when the device has nothing that receives
   */
  public StepTraffic traffic(Sender sender, TrafficStep step, TrafficWatch watch) {
    Target connected = connected(stopping(watch));
    return StepTraffic.carryOut(step, sender, connected.receiver(), watch);
  }

  private static Progress stopping(TrafficWatch watch) {
    return new Progress() {
      @Override
      public void at(RepetitionId repetition, String step, double done, double total) {}

      @Override
      public boolean stopRequested() {
        return watch.stopRequested();
      }
    };
  }

  @Override
  public RepetitionRecord run(RepetitionRequest request, RunDirectory into, Progress progress) {
    List<String> conditions = new ArrayList<>();
    int attempt = 1;
    while (true) {
      Optional<LinuxRepetition> repetition = Optional.empty();
      try {
        Target connected = connected(progress);
        if (rebooted && attempt > 1) conditions.add("the device had rebooted before the next");
        rebooted = false;
        repetition =
            Optional.of(
                new LinuxRepetition(
                    connected, arms.orElseThrow(), request, into, progress, keepTrace));
        return repetition.get().run(conditions);
      } catch (DeviceLost e) {
        disconnect();
        if (lastBoot.isEmpty()) throw e;
        if (operatorIsAsked()) {
          operator.note("the connection ended; waiting for the device to come back");
          continue;
        }
        String cut = "attempt %d was cut off: %s".formatted(attempt, e.getMessage());
        operator.note(cut);
        conditions.add(cut);
        if (repetition.isPresent()) {
          into.writeAttempt(repetition.get().cutOff(e, conditions), attempt);
        }
        if (attempt++ == ATTEMPTS) throw e;
      } catch (RuntimeException e) {
        // Whatever it was, the device is left as it was found.
        disconnect();
        throw e;
      }
    }
  }

  /** Somebody who installs a module and reboots breaks the connection, and takes their time. */
  private boolean operatorIsAsked() {
    return arms.map(Arms::awaitsOperator).orElse(false);
  }

  /** The device, connected and prepared. */
  private Target connected(Progress progress) {
    if (target.isPresent()) return target.get();
    for (int attempt = 1; ; attempt++) {
      try {
        Target opened = source.open(plan);
        target = Optional.of(opened);
        noteBoot(opened.bootId());
        boolean allowed = allowed(opened);
        arms = Optional.of(new Arms(plan, operator, allowed));
        if (allowed) prepare(opened);
        return opened;
      } catch (DeviceLost e) {
        disconnect();
        // An address that never answered is more likely wrong than away.
        if (lastBoot.isEmpty() || (attempt > RECONNECTIONS && !operatorIsAsked())) throw e;
        if (attempt <= RECONNECTIONS) {
          operator.note("%s; trying again".formatted(e.getMessage()));
        }
        int doublings = Math.min(attempt, operatorIsAsked() ? 3 : RECONNECTIONS) - 1;
        sleep(FIRST_WAIT_SECONDS << doublings, progress);
      } catch (RuntimeException e) {
        disconnect();
        throw e;
      }
    }
  }

  private void noteBoot(String boot) {
    rebooted = !lastBoot.isEmpty() && !lastBoot.equals(boot);
    lastBoot = boot.isEmpty() ? "unknown" : boot;
  }

  private static void sleep(int seconds, Progress progress) {
    try {
      for (int i = 0; i < seconds; i++) {
        if (progress.stopRequested()) throw new RepetitionStopped();
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RepetitionStopped();
    }
  }

  private boolean allowed(Target opened) {
    List<String> here = new ArrayList<>(plan.prepare().receiver());
    for (DevicePlan.State state : plan.states()) {
      here.addAll(state.enter());
      here.addAll(state.leave());
    }
    here.addAll(plan.prepare().undoReceiver());
    List<String> sender = new ArrayList<>(plan.prepare().sender());
    sender.addAll(plan.prepare().undoSender());
    boolean all = ask(opened, "on " + name(), here) && ask(opened, "at the sender", sender);
    boolean needed = !plan.prepare().receiver().isEmpty() || !plan.prepare().sender().isEmpty();
    if (!all && needed) {
      throw new DeviceUnable(
          "the plan's preparations were not allowed; allow them with --allow, or do them by hand"
              + " and take them out of the plan");
    }
    return all;
  }

  private boolean ask(Target opened, String where, List<String> commands) {
    List<String> filled = commands.stream().map(opened::filledIn).distinct().toList();
    return filled.isEmpty() || operator.allows(where, filled);
  }

  private void prepare(Target opened) {
    DevicePlan.Prepare prepare = plan.prepare();
    run(opened, opened.shell(), opened.janitor(), prepare.receiver(), prepare.undoReceiver());
    run(
        opened,
        opened.senderShell(),
        opened.senderJanitor(),
        prepare.sender(),
        prepare.undoSender());
  }

  private static void run(
      Target opened, Connection shell, Janitor janitor, List<String> commands, List<String> undo) {
    if (!commands.isEmpty()) requireRoot(shell);
    for (String command : undo) janitor.undo(opened.filledIn(command));
    for (String command : commands) {
      String filled = opened.filledIn(command);
      shell.run(filled, LIMIT).orUnable("preparing with '" + filled + "'");
    }
  }

  private static void requireRoot(Connection shell) {
    String user = shell.run("id -u", LIMIT).out().strip();
    if (user.equals("0")) return;
    throw new DeviceUnable(
        "%s: the plan's preparations, tracefs and perf need root, and this is user %s; add ?sudo to"
                .formatted(shell.name(), user)
            + " the address, or log in as root");
  }

  private void disconnect() {
    target.ifPresent(Target::close);
    target = Optional.empty();
  }

  @Override
  public void close() {
    disconnect();
  }
}
