package besser.rig.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.plan.LoadedPlan;
import besser.experiment.verdict.Verdict;
import besser.rig.connection.SshAddress;
import besser.rig.device.Device;
import besser.rig.run.FigureRecord;
import besser.rig.run.LiveStep;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import besser.rig.run.StepRecord;
import besser.rig.run.WatchPoint;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The shipped experiment on this machine's kernel, shortened, over both ways to a device. */
@Execution(ExecutionMode.CONCURRENT)
class ThreadedNapiTest {
  private static final int DIVISOR = 4;

  @Test
  @ResourceLock(Leftovers.THIS_MACHINE)
  @ResourceLock(Experiments.NAPI_THREADS)
  void endsInAVerdictOnThisMachine(@TempDir Path dir) {
    LoadedPlan plan = Experiments.threadedNapi();
    Leftovers before = Leftovers.onThisMachine();
    try (Device device = LinuxDevice.local(plan.plan().device(), new Experiments.Yes(), false)) {
      Experiments.Watching watching = new Experiments.Watching(dir.resolve("run"));
      check(Experiments.run(dir.resolve("run"), plan, device, 2, DIVISOR, watching), 4);
      showedItself(watching, dir.resolve("run"));
    }
    before.assertNothingMore();
  }

  @Test
  @ResourceLock(Experiments.NAPI_THREADS)
  void endsInAVerdictOverSsh(@TempDir Path dir) throws Exception {
    LoadedPlan plan = Experiments.threadedNapi();
    Leftovers before = Leftovers.elsewhere();
    try (SshdInNamespace sshd = new SshdInNamespace()) {
      try (Device device =
          LinuxDevice.ssh(
              SshAddress.parse(sshd.url()), plan.plan().device(), new Experiments.Yes(), false)) {
        check(Experiments.run(dir.resolve("run"), plan, device, 1, DIVISOR), 2);
      }
    }
    before.assertNothingMore();
  }

  /** Rates and functions may come later than a short step lasts; LiveDeviceTest waits for them. */
  private static void showedItself(Experiments.Watching watching, Path run) {
    List<LiveStep> seen = watching.seen;
    assertTrue(seen.stream().anyMatch(s -> newestGoodput(s) > 1e6), seen.toString());
    List<RepetitionRecord> records = RunDirectory.open(run).repetitions();
    assertTrue(
        records.stream()
            .flatMap(r -> r.steps().stream())
            .anyMatch(s -> s.notes().stream().anyMatch(n -> n.startsWith("watched"))),
        records.toString());
    assertTrue(new WatchPoint(run).steps().isEmpty(), "a step that ended is still shown");
  }

  private static double newestGoodput(LiveStep step) {
    List<Double> goodput = step.goodputBytesPerSecond();
    return goodput.isEmpty() ? 0 : goodput.getLast();
  }

  private static void check(RunDirectory run, int repetitions) {
    assertFalse(run.run().simulated());
    assertEquals(repetitions, run.repetitions().size());
    for (RepetitionRecord repetition : run.repetitions()) {
      assertEquals(3, repetition.steps().size());
      repetition.steps().forEach(ThreadedNapiTest::agreesWithTheInterface);
      StepRecord last = repetition.steps().getLast();
      boolean threaded = repetition.arm().equals("patched");
      assertEquals(threaded, value(last, "thread_wakeups") > 100, last.toString());
      assertTrue(value(last, "sched_switch") > 100, last.toString());
      assertTrue(value(last, "net_rx_entries") > 10, last.toString());
      assertTrue(last.profileSamples() + last.profileIdleSamples() > 0, last.notes().toString());
    }
    Verdict verdict = Experiments.judge(run);
    assertFalse(verdict.origin().simulated());
  }

  /**
   * What was received is the payload of what the interface counted: IPv4 and TCP with time stamps
   * apart. Goodput is all of it but what the record says came behind the step's end.
   */
  private static void agreesWithTheInterface(StepRecord step) {
    String noted =
        step.notes().stream().filter(n -> n.startsWith("interface")).findFirst().orElseThrow();
    Matcher counted = COUNTED.matcher(noted);
    assertTrue(counted.find(), noted);
    double payload = number(counted.group(1)) - number(counted.group(2)) * HEADER_BYTES;
    double received = noted(step, RECEIVED).orElseThrow();
    double behind = noted(step, BEHIND).orElse(0);
    double inStep = value(step, "goodput") * 1e6 * step.seconds();
    assertEquals(received, inStep + behind, 1, step.toString());
    assertEquals(1, inStep / (payload - behind), 0.01, step.toString());
  }

  private static final Pattern COUNTED = Pattern.compile("counted ([0-9,]+) bytes in ([0-9,]+)");

  private static final Pattern RECEIVED = Pattern.compile("^received by .*: ([0-9,]+) bytes");

  private static final Pattern BEHIND = Pattern.compile("^([0-9,]+) bytes came behind");

  private static final int HEADER_BYTES = 20 + 32;

  private static OptionalDouble noted(StepRecord step, Pattern what) {
    return step.notes().stream()
        .map(what::matcher)
        .filter(Matcher::find)
        .mapToDouble(found -> number(found.group(1)))
        .findFirst();
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace(",", ""));
  }

  private static double value(StepRecord step, String metric) {
    return step.figure(metric)
        .map(FigureRecord::value)
        .orElseThrow(() -> new AssertionError(metric + " is missing: " + step));
  }
}
