package besser.rig.connection;

import besser.rig.device.DeviceLost;
import besser.rig.device.DeviceUnable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A shell on this machine, or in one of its network namespaces. */
public final class LocalConnection implements Connection {
  private static final Duration END_LIMIT = Duration.ofSeconds(2);

  private final String name;
  private final List<String> shell;
  private final Set<LocalScript> running = ConcurrentHashMap.newKeySet();

  private LocalConnection(String name, List<String> shell) {
    this.name = name;
    this.shell = shell;
  }

  /** On this machine. */
  public static LocalConnection here() {
    return new LocalConnection("local:", List.of("sh", "-c"));
  }

  /** On this machine with another shell than {@code sh}, such as {@code busybox sh}. */
  public static LocalConnection withShell(List<String> shell) {
    List<String> command = new ArrayList<>(shell);
    command.add("-c");
    return new LocalConnection("local:", List.copyOf(command));
  }

  /**
   * In a network namespace. {@code ip netns exec} gives it a sysfs of its own, on which tracefs and
   * debugfs are not mounted.
   */
  public static LocalConnection inNamespace(String namespace) {
    return new LocalConnection(
        "local:" + namespace, List.of("ip", "netns", "exec", namespace, "sh", "-c"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Output run(String script, Duration limit) {
    LocalScript started = launch(script);
    try {
      started.input().close();
      CompletableFuture<String> out = Pumps.whole(started.output());
      OptionalInt status = started.awaitEnd(limit);
      if (status.isEmpty()) {
        throw new DeviceLost(
            "%s: a script does not end within %d s: %s"
                .formatted(name, limit.toSeconds(), firstLine(script)));
      }
      return new Output(status.getAsInt(), out.join(), started.errors());
    } catch (IOException e) {
      throw new DeviceLost(name + ": the shell cannot be told that there is no input", e);
    } finally {
      started.close();
    }
  }

  private static String firstLine(String script) {
    return script.lines().findFirst().orElse("");
  }

  @Override
  public Running start(String script) {
    return launch(script);
  }

  private LocalScript launch(String script) {
    List<String> command = new ArrayList<>(shell);
    command.add(script);
    try {
      LocalScript started = new LocalScript(new ProcessBuilder(command).start());
      running.add(started);
      return started;
    } catch (IOException e) {
      throw new DeviceUnable(
          "%s: cannot run %s: %s".formatted(name, shell.getFirst(), e.getMessage()), e);
    }
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    List.copyOf(running).forEach(LocalScript::close);
  }

  /** One process. */
  private final class LocalScript implements Running {
    private final Process process;
    private final Tail errors;

    LocalScript(Process process) {
      this.process = process;
      this.errors = Pumps.tail(process.getErrorStream());
    }

    @Override
    public InputStream output() {
      return process.getInputStream();
    }

    @Override
    public OutputStream input() {
      return process.getOutputStream();
    }

    @Override
    public String errors() {
      return isRunning() ? errors.text() : errors.lastWords(END_LIMIT);
    }

    @Override
    public boolean isRunning() {
      return process.isAlive();
    }

    @Override
    public OptionalInt awaitEnd(Duration limit) {
      try {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
            ? OptionalInt.of(process.exitValue())
            : OptionalInt.empty();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return OptionalInt.empty();
      }
    }

    @Override
    public void close() {
      try {
        process.getOutputStream().close();
      } catch (IOException e) {
        // It has ended before its input did.
      }
      if (awaitEnd(END_LIMIT).isEmpty()) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      running.remove(this);
    }
  }
}
