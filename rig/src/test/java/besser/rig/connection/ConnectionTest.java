package besser.rig.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.rig.device.DeviceLost;
import besser.rig.device.DeviceUnable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that besser says to a shell, said to each kind of shell that devices have. */
class ConnectionTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  static List<List<String>> shells() {
    return List.of(List.of("dash"), List.of("bash"), List.of("busybox", "sh"));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void tellsOutputErrorsAndStatusApart(List<String> shell) {
    try (LocalConnection connection = LocalConnection.withShell(shell)) {
      Output output = connection.run("echo out; echo err >&2; exit 3", LIMIT);
      assertEquals(new Output(3, "out\n", "err\n"), output);
      DeviceUnable refused = assertThrows(DeviceUnable.class, () -> output.orUnable("asking"));
      assertEquals("asking failed: err", refused.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void givesUpOnAScriptThatDoesNotEnd(List<String> shell) {
    try (LocalConnection connection = LocalConnection.withShell(shell)) {
      assertThrows(DeviceLost.class, () -> connection.run("sleep 30", Duration.ofMillis(200)));
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void endsWhatRunsWhenItsInputEnds(List<String> shell) throws IOException {
    try (LocalConnection connection = LocalConnection.withShell(shell)) {
      Running running = connection.start(Shell.untilInputEnds("echo $$; exec sleep 30"));
      assertTrue(running.output().read() >= 0);
      running.input().close();
      assertTrue(running.awaitEnd(LIMIT).isPresent());
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void endsWithTheCommandWhenThatEndsFirst(List<String> shell) {
    try (LocalConnection connection = LocalConnection.withShell(shell)) {
      Running running = connection.start(Shell.untilInputEnds("exit 7"));
      assertEquals(OptionalInt.of(7), running.awaitEnd(LIMIT));
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void undoesLastFirstWhenTheInputEnds(List<String> shell, @TempDir Path dir) throws IOException {
    Path file = dir.resolve("undone");
    try (LocalConnection connection = LocalConnection.withShell(shell)) {
      Janitor janitor = new Janitor(connection);
      assertTrue(ProcessHandle.of(janitor.pid()).isPresent());
      janitor.undo("echo first >> " + file);
      janitor.undo("rm /nothing/there");
      janitor.undo("echo \"it's last\" >> " + file);
      assertFalse(Files.exists(file));
      assertTrue(janitor.cleanUp());
      assertEquals(List.of("it's last", "first"), Files.readAllLines(file));
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void runsManyScriptsInOneShell(List<String> shell) {
    try (LocalConnection connection = LocalConnection.withShell(shell);
        CommandShell commands =
            new CommandShell("test", connection.start("exec " + String.join(" ", shell)))) {
      assertEquals(new Output(0, "it's\n", ""), commands.run("echo \"it's\"", LIMIT));
      assertEquals(
          new Output(4, "no line end", "why"),
          commands.run("printf 'no line end'; printf why >&2; exit 4", LIMIT));
      assertEquals(
          new Output(0, "", ""), commands.run("cd /; read -r x || true", LIMIT), "no input");
      String many = commands.run("seq 100000", LIMIT).out();
      assertEquals(100_000, many.lines().count());
      assertThrows(DeviceLost.class, () -> commands.run("sleep 30", Duration.ofMillis(200)));
    }
  }
}
