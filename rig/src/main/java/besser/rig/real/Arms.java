package besser.rig.real;

import besser.experiment.plan.DevicePlan;
import besser.experiment.verdict.Outcome;
import besser.rig.connection.Output;
import besser.rig.connection.Shell;
import besser.rig.device.DeviceUnable;
import besser.rig.device.Progress;
import besser.rig.device.RepetitionStopped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Brings a device into the state of an arm, and recognises in which it is. */
final class Arms {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int ASK_AGAIN_SECONDS = 3;

  private final DevicePlan plan;
  private final Operator operator;
  private final boolean commandsAllowed;
  private boolean operatorIsAsked;

  /**
   * @param commandsAllowed whether the plan's commands may be run
   */
  Arms(DevicePlan plan, Operator operator, boolean commandsAllowed) {
    this.plan = plan;
    this.operator = operator;
    this.commandsAllowed = commandsAllowed;
  }

  /**
   * Sees to it that the device is in a variant's state: it is so already, or the plan's commands
   * make it so, or the operator does.
   *
   * @param progress asked whether to stop waiting for the operator
   */
  void enter(Target target, String variant, Progress progress) {
    DevicePlan.State state =
        plan.state(variant)
            .orElseThrow(
                () ->
                    new DeviceUnable(
                        "the plan does not say how %s is recognised in arm '%s'; add device: arms:"
                            .formatted(target.name(), variant)));
    if (missing(target, state).isEmpty()) return;
    if (commandsAllowed && !state.enter().isEmpty()) {
      leaveOthers(target, state);
      for (String command : state.leave()) target.janitor().undo(target.filledIn(command));
      runAll(target, state.enter(), "entering arm " + variant);
      List<String> missing = missing(target, state);
      if (missing.isEmpty()) return;
      throw new DeviceUnable(
          "arm %s was entered and is not recognised: %s"
              .formatted(variant, String.join("; ", missing)));
    }
    awaitOperator(target, state, progress);
  }

  private void leaveOthers(Target target, DevicePlan.State wanted) {
    for (DevicePlan.State other : plan.states()) {
      if (!other.equals(wanted) && missing(target, other).isEmpty()) {
        runAll(target, other.leave(), "leaving arm " + other.variant());
      }
    }
  }

  private static void runAll(Target target, List<String> commands, String what) {
    for (String command : commands) {
      String filled = target.filledIn(command);
      target.shell().run(filled, LIMIT).orUnable(what + " with '" + filled + "'");
    }
  }

  /** Whether the operator was asked last, and what was asked for is not recognised yet. */
  boolean awaitsOperator() {
    return operatorIsAsked;
  }

  private void awaitOperator(Target target, DevicePlan.State state, Progress progress) {
    operatorIsAsked = true;
    operator.toDo(toDo(target, state));
    while (!missing(target, state).isEmpty()) {
      if (progress.stopRequested()) throw new RepetitionStopped();
      try {
        TimeUnit.SECONDS.sleep(ASK_AGAIN_SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RepetitionStopped();
      }
    }
    operatorIsAsked = false;
    operator.note("recognised: " + state.variant());
  }

  private static String toDo(Target target, DevicePlan.State state) {
    String what =
        state.operator().isEmpty()
            ? "run on it: "
                + String.join("; ", state.enter().stream().map(target::filledIn).toList())
            : state.operator();
    String signs =
        String.join(
            ", and ", state.signs().stream().map(sign -> target.filledIn(sign.words())).toList());
    return "bring %s into arm '%s' (%s): %s. besser goes on by itself when %s."
        .formatted(target.name(), state.variant(), state.what(), what, signs);
  }

  /** What of a variant's signs does not hold now; empty when it is in that state. */
  List<String> missing(Target target, DevicePlan.State state) {
    List<String> missing = new ArrayList<>();
    for (DevicePlan.Sign sign : state.signs()) {
      String found = read(target, sign.place());
      if (!sign.fits(found)) {
        missing.add("%s, found '%s'".formatted(target.filledIn(sign.words()), found));
      }
    }
    return missing;
  }

  /** Whether the device is in another state than a variant's, as a reason not to use figures. */
  Optional<Outcome.Invalidity> wrong(Target target, String variant) {
    Optional<DevicePlan.State> state = plan.state(variant);
    if (state.isEmpty()) return Optional.empty();
    for (DevicePlan.Sign sign : state.get().signs()) {
      String found = read(target, sign.place());
      if (!sign.fits(found)) {
        return Optional.of(
            new Outcome.WrongModule(
                target.filledIn(sign.words()), found.isEmpty() ? "nothing" : found));
      }
    }
    return Optional.empty();
  }

  /** What is read at a place now; empty when there is nothing to read. */
  private static String read(Target target, DevicePlan.Place place) {
    String script =
        switch (place) {
          case DevicePlan.Place.Srcversion(String module) ->
              "cat " + Shell.word("/sys/module/" + module.replace('-', '_') + "/srcversion");
          case DevicePlan.Place.CommandLine() -> "cat /proc/cmdline";
          case DevicePlan.Place.Sysctl(String name) ->
              "cat " + Shell.word("/proc/sys/" + name.replace('.', '/'));
          case DevicePlan.Place.Content(String file) -> "cat " + Shell.word(target.filledIn(file));
          case DevicePlan.Place.Sha256(String file) ->
              "sha256sum " + Shell.word(target.filledIn(file)) + " | cut -d' ' -f1";
        };
    Output output = target.shell().run(script, LIMIT);
    return output.ok() ? output.out().strip() : "";
  }
}
