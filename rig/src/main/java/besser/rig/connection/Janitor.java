package besser.rig.connection;

import besser.rig.device.DeviceLost;
import besser.rig.device.DeviceUnable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A shell on the device that knows how to undo what besser did there, and does so when its input
 * ends: because besser closed it, was killed, or the connection broke. Undoing goes backwards, and
 * whatever happened to be undone already is no failure.
 */
public final class Janitor implements AutoCloseable {
  private static final Duration CLEAN_LIMIT = Duration.ofSeconds(30);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

  /** Remembers one command a line; runs them last first when the input ends. */
  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      undo=''
      echo "$$"
      while IFS= read -r line; do
        undo="$line
      $undo"
        echo kept
      done
      exec 2>/dev/null
      eval "$undo"
      true""";

  private final Connection connection;
  private final Running shell;
  private final BufferedReader answers;
  private final long pid;

  /** Puts a janitor on a device. */
  public Janitor(Connection connection) {
    this.connection = connection;
    this.shell = connection.start(SCRIPT);
    this.answers =
        new BufferedReader(new InputStreamReader(shell.output(), StandardCharsets.US_ASCII));
    String answer = answer();
    try {
      this.pid = Long.parseLong(answer.strip());
    } catch (NumberFormatException e) {
      shell.close();
      throw new DeviceUnable(
          "%s: no POSIX shell answers; the login prints '%s'".formatted(connection.name(), answer),
          e);
    }
  }

  /** The shell's process id on the device; it lives as long as besser is connected. */
  public long pid() {
    return pid;
  }

  /**
   * Has a command run at the end; to be called before what it undoes is done.
   *
   * @param command one line of shell that does no harm when there is nothing to undo
   */
  public synchronized void undo(String command) {
    if (command.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a command must be one line, got '" + command + "'");
    }
    try {
      OutputStream input = shell.input();
      input.write((command + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      throw new DeviceLost(connection.name() + ": the janitor is gone", e);
    }
    String answer = answer();
    if (!answer.equals("kept")) {
      throw new DeviceLost(connection.name() + ": the janitor is gone: " + shell.errors().strip());
    }
  }

  private String answer() {
    CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
    Pumps.aside(
        "janitor",
        () -> {
          try {
            answer.complete(Optional.ofNullable(answers.readLine()));
          } catch (IOException e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      Optional<String> line = answer.get(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (line.isPresent()) return line.get();
      throw new DeviceLost(connection.name() + ": no shell answers: " + shell.errors().strip());
    } catch (TimeoutException e) {
      shell.close();
      throw new DeviceLost(
          "%s: no shell answers within %d s; try: ssh there, and see what its start-up files do"
              .formatted(connection.name(), ANSWER_LIMIT.toSeconds()),
          e);
    } catch (ExecutionException e) {
      throw new DeviceLost(connection.name() + ": no shell answers", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceLost(connection.name() + ": interrupted", e);
    }
  }

  /** Whether it is still there. */
  public boolean isThere() {
    return shell.isRunning();
  }

  /**
   * Undoes everything now.
   *
   * @return whether the device confirmed it; otherwise it happens when the device notices that the
   *     connection is gone
   */
  public boolean cleanUp() {
    try {
      shell.input().close();
    } catch (IOException e) {
      return false;
    }
    OptionalInt status = shell.awaitEnd(CLEAN_LIMIT);
    return status.isPresent() && status.getAsInt() == 0;
  }

  @Override
  public void close() {
    cleanUp();
    shell.close();
  }
}
