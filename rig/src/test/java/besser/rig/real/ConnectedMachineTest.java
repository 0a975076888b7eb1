package besser.rig.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.rig.connection.Janitor;
import besser.rig.connection.LocalConnection;
import besser.trace.dat.Compression;
import besser.trace.dat.TraceDat;
import besser.trace.dat.WriteOptions;
import besser.trace.record.EventChoice;
import besser.trace.record.Recorder;
import besser.trace.record.RecordingPlan;
import besser.trace.record.ThisMachine;
import besser.trace.record.Tracefs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A machine traced through its shell, held against the same machine traced directly. */
class ConnectedMachineTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  static List<List<String>> shells() {
    return List.of(List.of("dash"), List.of("busybox", "sh"));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void readsWhatTheMachineHas(List<String> shell) throws IOException {
    try (LocalConnection connection = LocalConnection.withShell(shell);
        Janitor janitor = new Janitor(connection)) {
      ConnectedMachine there = new ConnectedMachine(connection, janitor.pid(), "x86_64");
      ThisMachine here = new ThisMachine();
      String root = there.mountTracefs();
      assertEquals(here.mountTracefs(), root);
      assertEquals(here.directories(root + "/events/irq"), there.directories(root + "/events/irq"));
      String format = root + "/events/irq/softirq_entry/format";
      String header = root + "/events/header_page";
      assertEquals(here.read(format), there.read(format));
      assertEquals(here.readAll(List.of(format, header)), there.readAll(List.of(format, header)));
      assertEquals("", there.read("/no/such/file"));
      assertThrows(IOException.class, () -> there.write("/no/such/file", "1"));
      long pid = ProcessHandle.current().pid();
      assertEquals(here.threadNames().get((int) pid), there.threadNames().get((int) pid));
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void losesNoEventOnTheWay(List<String> shell, @TempDir Path dir) throws Exception {
    Leftovers before = Leftovers.elsewhere();
    AtomicLong seen = new AtomicLong();
    try (LocalConnection connection = LocalConnection.withShell(shell);
        Janitor janitor = new Janitor(connection)) {
      Tracefs tracefs = Tracefs.mounted(new ConnectedMachine(connection, janitor.pid(), "x86_64"));
      RecordingPlan plan =
          RecordingPlan.of(List.of(EventChoice.of("sched:sched_process_exec")), List.of());
      try (Recorder recorder = Recorder.prepare(tracefs, plan)) {
        recorder.startToDisk(dir.resolve("trace.dat"));
        connection.run("n=0; while [ $n -lt 300 ]; do /bin/true; n=$((n + 1)); done", LIMIT);
        Recorder.Outcome outcome = recorder.stop(WriteOptions.of(7, Compression.NONE));
        assertEquals(0, outcome.lost());
        try (TraceDat recorded = TraceDat.open(outcome.file())) {
          recorded.mainBuffer().source().readInTimeOrder(new Counting(seen));
        }
      }
    }
    assertTrue(seen.get() >= 300, "events: " + seen);
    before.assertNothingMore();
  }

  private record Counting(AtomicLong seen) implements besser.trace.EventSink {
    @Override
    public void event(besser.trace.Event event) {
      seen.incrementAndGet();
    }

    @Override
    public void lost(besser.trace.LostEvents lost) {
      throw new AssertionError("lost " + lost);
    }
  }
}
