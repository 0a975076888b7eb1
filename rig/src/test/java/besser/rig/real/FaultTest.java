package besser.rig.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.plan.LoadedPlan;
import besser.experiment.verdict.Outcome;
import besser.rig.connection.LocalConnection;
import besser.rig.connection.Output;
import besser.rig.device.Device;
import besser.rig.device.Progress;
import besser.rig.device.RepetitionRequest;
import besser.rig.run.RepetitionId;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import besser.rig.run.StepRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Real faults under a running load; each is told for what it is, and leaves the device clean. */
@ResourceLock(Leftovers.THIS_MACHINE)
class FaultTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int SHORT = 5;

  private final LoadedPlan plan = Experiments.threadedNapi();
  private final LocalConnection here = LocalConnection.here();
  private Leftovers before = Leftovers.onThisMachine();

  @BeforeEach
  void look() {
    before = Leftovers.onThisMachine();
  }

  @AfterEach
  void theDeviceIsClean() {
    before.assertNothingMore();
    here.close();
  }

  private RepetitionRecord runHere(LoadedPlan plan, Path dir, int divisor, Progress progress) {
    RunDirectory into = RunDirectory.create(dir);
    RepetitionRequest request =
        new RepetitionRequest(plan.plan(), "baseline", new RepetitionId("softirq", 1), 1, divisor);
    try (Device device = LinuxDevice.local(plan.plan().device(), new Experiments.Yes(), false)) {
      return device.run(request, into, progress);
    }
  }

  private void shell(String script) {
    Output output = here.run(script, LIMIT);
    assertTrue(output.ok(), script + ": " + output.err());
  }

  private static String in(String end, String command) {
    return "n=$(ip netns list | grep -o '^besser-[0-9]*-%s' | tail -1); ip -n $n %s"
        .formatted(end, command);
  }

  @Test
  void tellsAnInterfaceThatWentDownAsLinkDeath(@TempDir Path dir) {
    RepetitionRecord record =
        runHere(
            plan,
            dir.resolve("run"),
            SHORT,
            new FaultAt("10MBps", 1, () -> shell(in("r", "link set besser-r down"))));
    assertEquals(2, record.steps().size(), "the ramp ends with the link");
    StepRecord last = record.steps().getLast();
    assertTrue(last.linkDeath().isPresent(), last.toString());
    assertTrue(last.linkDeath().get().reason().contains("besser-r"), last.toString());
    assertTrue(record.steps().getFirst().linkDeath().isEmpty());
  }

  @Test
  void tellsASenderThatIsGone(@TempDir Path dir) {
    RepetitionRecord record =
        runHere(
            plan,
            dir.resolve("run"),
            SHORT,
            new FaultAt("2MBps", 1, () -> shell(in("s", "link del besser-s"))));
    StepRecord last = record.steps().getLast();
    assertTrue(last.linkDeath().isPresent() || !last.invalid().isEmpty(), last.toString());
  }

  @Test
  void notesAStallThatTheLinkOutlived(@TempDir Path dir) throws Exception {
    String pause =
        in("r", "link set besser-r down") + "; sleep 4; " + in("r", "link set besser-r up");
    LoadedPlan single = Experiments.threadedNapi(dir, Duration.ofSeconds(10));
    RepetitionRecord record =
        runHere(single, dir.resolve("run"), 1, new FaultAt("20MBps", 2, () -> shell(pause)));
    StepRecord last = record.steps().getLast();
    assertTrue(last.linkDeath().isEmpty(), last.toString());
    assertTrue(last.notes().stream().anyMatch(n -> n.startsWith("stalled")), last.toString());
  }

  @Test
  void goesOnWhenTheDiskWasFull(@TempDir Path dir) throws Exception {
    Path small = Files.createDirectory(dir.resolve("small"));
    shell("mount -t tmpfs -o size=400k nodev " + small);
    try {
      RepetitionRecord record = runHere(plan, small.resolve("run"), SHORT, Progress.NONE);
      assertEquals(3, record.steps().size());
      List<Outcome.Invalidity> why = record.steps().getLast().invalid();
      assertTrue(why.stream().anyMatch(i -> i.words().contains("No space left")), why.toString());
    } finally {
      shell("umount " + small);
    }
  }

  @Test
  @ResourceLock(value = Experiments.NAPI_THREADS, mode = ResourceAccessMode.READ)
  void goesOnAfterBesserWasKilled(@TempDir Path dir) throws Exception {
    Path root = dir.resolve("run");
    Process besser =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledRun.class.getName(),
                root.toString())
            .redirectErrorStream(true)
            .start();
    // It says so when its second repetition is under load.
    String said = besser.inputReader().readLine();
    besser.destroyForcibly().waitFor();
    assertEquals("loaded", said);
    shell(
        "n=0; until [ -z \"$(ip netns list | grep '^besser-')\" ] || [ $n -gt 50 ]; do n=$((n+1)); sleep 0.2; done");
    shell(
        "n=0; until [ -z \"$(ls /sys/kernel/tracing/instances | grep besser_"
            + besser.pid()
            + ")\" ] || [ $n -gt 100 ]; do n=$((n+1)); sleep 0.2; done");
    byte[] first = Files.readAllBytes(root.resolve("reps/softirq-1/record.json"));
    KilledRun.goOn(root);
    RunDirectory directory = RunDirectory.open(root);
    assertEquals(2, directory.repetitions().size());
    assertEquals(
        new String(first, java.nio.charset.StandardCharsets.UTF_8),
        Files.readString(root.resolve("reps/softirq-1/record.json")),
        "what had been measured stays");
  }

  /** A machine that is busy with other tests may need longer than a step would wait. */
  private static void awaitFresh(Environment environment) {
    for (int i = 0; i < 10; i++) if (environment.awaitFresh()) return;
    throw new AssertionError("no reading came");
  }

  @Test
  void tellsThrottlingAndAClockThatJumped(@TempDir Path dir) throws Exception {
    Path thermal = Files.createDirectories(dir.resolve("thermal/cooling_device0"));
    Path cooling = Files.writeString(thermal.resolve("cur_state"), "0\n");
    Path stat = dir.resolve("stat");
    Files.copy(Path.of("/proc/stat"), stat);
    Path shell = dir.resolve("shell");
    Files.writeString(
        shell,
        """
        #!/bin/sh
        # A shell that sees other files in these places, as on a device that throttles.
        exec unshare -m sh -c 'mount --bind %1$s/stat /proc/stat
        mount --bind %1$s/thermal /sys/class/thermal; exec sh "$@"' sh "$@"
        """
            .formatted(dir));
    assertTrue(shell.toFile().setExecutable(true));
    try (LocalConnection device = LocalConnection.withShell(List.of(shell.toString()));
        Environment environment = new Environment(device, DeviceClock.of(here), "lo", List.of())) {
      awaitFresh(environment);
      assertEquals(List.of(), EnvironmentFaults.of(environment.series()));
      Files.writeString(cooling, "2\n");
      String text = Files.readString(stat);
      Files.writeString(stat, text.replaceAll("btime (\\d)\\d", "btime $15"));
      awaitFresh(environment);
      List<Outcome.Invalidity> faults = EnvironmentFaults.of(environment.series());
      assertTrue(faults.stream().anyMatch(f -> f instanceof Outcome.Throttled), faults.toString());
      assertTrue(
          faults.stream().anyMatch(f -> f instanceof Outcome.ClockJumped), faults.toString());
    }
  }
}
