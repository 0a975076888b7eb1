package besser.cli;

import besser.experiment.json.Json;
import besser.rig.device.DeviceUnable;
import besser.rig.lab.Lab;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code besser lab}: a device to practise on. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "up|status|ssh|down",
    description = {
      "A virtual Wi-Fi device to practise on: a Debian machine in software emulation, with an access",
      "point and a station over the simulated air of mac80211_hwsim. It has real mac80211 events,",
      "kprobes and perf, and is measured over ssh as a PineTab2 would be. Its speed is that of an",
      "emulator; what it says of a change holds for it alone.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  besser lab up                     builds it once (some minutes, root), switches it on",
      "  besser preflight lab              whether plans/lab.yaml can be run on it",
      "  besser run lab --allow            runs it; --allow lets the plan switch its arms",
      "  besser lab ssh                    a shell on the station",
      "  besser lab ssh -- iw dev          one command",
      "  besser lab down                   switches it off; what was changed on its disk is gone"
    })
final class LabCommand {
  private final Terminal terminal = new Terminal();

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      scope = picocli.CommandLine.ScopeType.INHERIT,
      description = "holds all of it (default: ~/.cache/besser/lab)")
  private Optional<Path> folder = Optional.empty();

  private Lab lab() {
    return new Lab(folder.orElseGet(Lab::usualFolder), terminal::say);
  }

  @Command(
      name = "up",
      mixinStandardHelpOptions = true,
      description = "Builds it where it is not built, and switches it on.")
  int up() {
    Lab lab = lab();
    lab.up();
    terminal.say("it is on; try: besser run lab --allow --device '" + lab.address() + "'");
    terminal.print(lab.address());
    return ExitStatus.DONE;
  }

  @Command(name = "down", mixinStandardHelpOptions = true, description = "Switches it off.")
  int down() {
    terminal.say(lab().down() ? "it is off" : "it was off already");
    return ExitStatus.DONE;
  }

  /** What {@code besser lab status --json} prints. */
  record Status(
      boolean built,
      boolean on,
      boolean answers,
      Optional<Long> pid,
      String said,
      String address) {}

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Whether it is built, on, and answers. Exit status: 0 when it answers, else 3.")
  int status(@Option(names = "--json", description = "print JSON instead of text") boolean json) {
    Lab lab = lab();
    Optional<Long> pid = lab.process().map(ProcessHandle::pid);
    boolean answers = pid.isPresent() && lab.answers();
    Status status =
        new Status(lab.isBuilt(), pid.isPresent(), answers, pid, lab.lastWords(), lab.address());
    terminal.print(json ? List.of(Json.page(status).stripTrailing()) : words(status));
    return answers ? ExitStatus.DONE : ExitStatus.DEVICE_UNABLE;
  }

  private static List<String> words(Status status) {
    List<String> lines = new ArrayList<>();
    lines.add("image    " + (status.built() ? "built" : "not built; besser lab up builds it"));
    lines.add("machine  " + status.pid().map(pid -> "on, process " + pid).orElse("off"));
    if (status.on()) {
      lines.add("sshd     " + (status.answers() ? "answers" : "does not answer yet"));
      lines.add("says     " + status.said());
      lines.add("device   " + status.address());
    }
    return lines;
  }

  @Command(
      name = "ssh",
      mixinStandardHelpOptions = true,
      description = "A shell on the station, or a command's output. Its exit status is ssh's.")
  int ssh(
      @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "instead of a shell")
          List<String> command) {
    Lab lab = lab();
    if (lab.process().isEmpty()) {
      throw new DeviceUnable("it is off; switch it on with: besser lab up");
    }
    List<String> words = new ArrayList<>(lab.sshCommand());
    if (command != null) words.addAll(command);
    try {
      return new ProcessBuilder(words).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new DeviceUnable("ssh cannot be run: apt-get install openssh-client", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitStatus.INTERRUPTED;
    }
  }
}
