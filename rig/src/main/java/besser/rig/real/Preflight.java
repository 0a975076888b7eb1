package besser.rig.real;

import besser.experiment.plan.DevicePlan;
import besser.experiment.plan.Plan;
import besser.experiment.plan.Protocol;
import besser.metrics.CaptureKind;
import besser.metrics.measure.Requirements;
import besser.rig.connection.Output;
import besser.rig.connection.Shell;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Looks at everything that a plan needs of a device, before the first byte of load. */
final class Preflight {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** A generous guess: two million events a minute of 64 bytes, and the samples. */
  private static final double TRACE_BYTES_PER_SECOND = 2.5e6;

  private static final double MEGA = 1e6;
  private static final double BUSY_LOAD_SHARE = 0.3;
  private static final double HOT_CELSIUS = 75;

  private final Plan plan;
  private final Target target;
  private final Path spool;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param spool where captures go on this machine
   */
  Preflight(Plan plan, Target target, Path spool) {
    this.plan = plan;
    this.target = target;
    this.spool = spool;
  }

  /** Looks; takes some seconds. */
  List<Finding> look() {
    kernel();
    Requirements needed = LinuxRepetition.instruments(plan).requirements();
    new EventsPreflight(target, needed, findings).look();
    if (captures().contains(CaptureKind.PROFILE)) perf();
    arms();
    tools();
    clock();
    link();
    port();
    state();
    space();
    return List.copyOf(findings);
  }

  private Set<CaptureKind> captures() {
    Set<CaptureKind> captures = new TreeSet<>();
    for (Protocol.Step step : plan.protocol().ramp()) captures.addAll(step.captures());
    return captures;
  }

  private String said(String script) {
    Output output = target.shell().run(script, LIMIT);
    return output.ok() ? output.out().strip() : "";
  }

  private void kernel() {
    findings.add(Finding.ok("device", target.name() + " answers"));
    findings.add(Finding.ok("kernel", said("uname -srm")));
    if (!said("id -u").equals("0")) {
      findings.add(
          Finding.blocks(
              "user", "not root", "tracefs and perf need root; log in as root, or add ?sudo"));
    }
  }

  private void perf() {
    String version = said("perf --version 2>/dev/null");
    if (version.isEmpty()) {
      findings.add(
          Finding.costs(
              "perf",
              "not there",
              "no shares of samples; install linux-perf or copy a perf there"));
      return;
    }
    findings.add(Finding.ok("perf", version));
    String event = plan.device().profile().event();
    Output tried =
        target
            .shell()
            .run("perf record -q -a -e " + Shell.word(event) + " -o /dev/null true", LIMIT);
    findings.add(
        tried.ok()
            ? Finding.ok("perf event " + event, "can be sampled")
            : Finding.costs(
                "perf event " + event,
                "perf refuses it: " + tried.err().strip().lines().findFirst().orElse(""),
                "no shares of samples; cpu-clock is there on every kernel"));
  }

  private void arms() {
    for (DevicePlan.State state : plan.device().states()) {
      Arms arms = new Arms(plan.device(), Operator.absent(), false);
      List<String> missing = arms.missing(target, state);
      String what = "arm " + state.variant();
      if (missing.isEmpty()) {
        findings.add(Finding.ok(what, "the device is in it"));
      } else if (!state.enter().isEmpty()) {
        findings.add(Finding.ok(what, "can be entered by the plan's commands, once allowed"));
      } else {
        findings.add(
            Finding.costs(
                what,
                String.join("; ", missing),
                "the operator will be asked: " + state.operator()));
      }
    }
    for (String module : modules()) {
      String version = said("cat /sys/module/" + Shell.word(module) + "/srcversion");
      findings.add(
          version.isEmpty()
              ? Finding.costs("module " + module, "not loaded", "load it before the run")
              : Finding.ok("module " + module, "srcversion " + version));
    }
  }

  private Set<String> modules() {
    Set<String> modules = new TreeSet<>();
    for (DevicePlan.State state : plan.device().states()) {
      for (DevicePlan.Sign sign : state.signs()) {
        if (sign.place() instanceof DevicePlan.Place.Srcversion(String module)) {
          modules.add(module);
        }
      }
    }
    return modules;
  }

  private void tools() {
    for (String tool : List.of("iw", "ethtool")) {
      boolean there = !said("command -v " + tool).isEmpty();
      boolean needed =
          plan.device().prepare().receiver().stream().anyMatch(c -> c.startsWith(tool + " "));
      if (there) {
        findings.add(Finding.ok(tool, "there"));
      } else if (needed) {
        findings.add(
            Finding.blocks(tool, "not there", "the plan's preparations need it; install " + tool));
      }
    }
  }

  private void clock() {
    DeviceClock first = target.clock();
    LinuxStep.await(System.nanoTime() + 1_000_000_000L);
    DeviceClock second = target.clock();
    double drift = (second.aheadNanos() - first.aheadNanos()) / 1e9;
    String found =
        String.format(
            Locale.ROOT,
            "known to %.1f ms, moved %.2f ms in a second",
            second.uncertaintyNanos() / MEGA,
            drift * 1e3);
    findings.add(
        second.uncertaintyNanos() > 50 * MEGA
            ? Finding.costs("clock", found, "goodput of single seconds is that inexact")
            : Finding.ok("clock", found));
  }

  private void link() {
    String name = target.networkInterface();
    String state = said("cat /sys/class/net/" + Shell.word(name) + "/operstate");
    boolean up = state.equals("up") || state.equals("unknown");
    String wireless = said("iw dev " + Shell.word(name) + " link 2>/dev/null | tr '\\n\\t' '  '");
    findings.add(
        up
            ? Finding.ok("interface " + name, wireless.isEmpty() ? "up" : "up, " + wireless)
            : Finding.blocks(
                "interface " + name, state.isEmpty() ? "not there" : state, "bring it up"));
  }

  private void port() {
    int port = plan.device().traffic().port();
    String hex = String.format(Locale.ROOT, ":%04X 0", port);
    boolean used =
        !said("grep -h ' [0-9A-F]*" + hex + "' /proc/net/tcp /proc/net/tcp6 | grep ' 0A '")
            .isEmpty();
    findings.add(
        used
            ? Finding.blocks(
                "port " + port, "taken", "free it, or name another in device: traffic:")
            : Finding.ok("port " + port, "free"));
  }

  private void state() {
    String governor =
        said(
            "cat /sys/devices/system/cpu/cpu[0-9]*/cpufreq/scaling_governor | sort -u | tr '\\n' ' '");
    if (governor.isEmpty()) {
      findings.add(Finding.ok("governor", "the kernel does not change the frequency"));
    } else {
      findings.add(
          governor.equals("performance")
              ? Finding.ok("governor", governor)
              : Finding.costs(
                  "governor", governor, "the clock follows the load; performance is steadier"));
    }
    String heat = said("cat /sys/class/thermal/thermal_zone[0-9]*/temp | sort -n | tail -1");
    if (!heat.isEmpty()) {
      double celsius = Double.parseDouble(heat) / 1e3;
      String found = String.format(Locale.ROOT, "%.0f °C", celsius);
      findings.add(
          celsius > HOT_CELSIUS
              ? Finding.costs("temperature", found, "it may throttle; let it cool down")
              : Finding.ok("temperature", found));
    }
    load();
  }

  private void load() {
    String[] words = said("cat /proc/loadavg; grep -c ^processor /proc/cpuinfo").split("\\s+", -1);
    double load = Double.parseDouble(words[0]);
    double cpus = Double.parseDouble(words[words.length - 1]);
    String found = String.format(Locale.ROOT, "%.1f runnable on %.0f CPUs", load, cpus);
    findings.add(
        load > cpus * BUSY_LOAD_SHARE
            ? Finding.costs("other load", found, "it adds to the noise between repetitions")
            : Finding.ok("other load", found));
  }

  private void space() {
    double longest =
        plan.protocol().ramp().stream().mapToDouble(s -> s.duration().toSeconds()).max().orElse(0);
    double needed = longest * TRACE_BYTES_PER_SECOND * 2;
    File there = spool.toAbsolutePath().toFile();
    while (!there.exists() && there.getParentFile() != null) there = there.getParentFile();
    double free = there.getUsableSpace();
    String found =
        String.format(
            Locale.ROOT,
            "%,.0f MB free at %s, about %,.0f MB needed while a step runs",
            free / MEGA,
            there,
            needed / MEGA);
    findings.add(
        free < needed
            ? Finding.costs("space here", found, "a step's trace may not fit; give --out elsewhere")
            : Finding.ok("space here", found));
  }
}
