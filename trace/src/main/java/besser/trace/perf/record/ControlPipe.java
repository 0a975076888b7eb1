package besser.trace.perf.record;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * The two named pipes of {@code perf record --control}: commands to perf, and its confirmations.
 */
final class ControlPipe implements AutoCloseable {
  private final Path control;
  private final Path ack;

  /** Opened for reading and writing, so that neither opening nor perf's end blocks. */
  private final RandomAccessFile commands;

  private final RandomAccessFile confirmations;

  private ControlPipe(Path control, Path ack) throws IOException {
    this.control = control;
    this.ack = ack;
    this.commands = new RandomAccessFile(control.toFile(), "rw");
    this.confirmations = new RandomAccessFile(ack.toFile(), "rw");
  }

  static ControlPipe in(Path directory) throws IOException {
    Path control = directory.resolve("control");
    Path ack = directory.resolve("ack");
    makePipes(control, ack);
    return new ControlPipe(control, ack);
  }

  private static void makePipes(Path control, Path ack) throws IOException {
    Process process =
        new ProcessBuilder("mkfifo", "-m", "600", control.toString(), ack.toString()).start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("mkfifo failed in " + control.getParent());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while mkfifo ran", e);
    }
  }

  String argument() {
    return "fifo:" + control + "," + ack;
  }

  /** Sends a command; the answer is true once perf confirms it. */
  CompletableFuture<Boolean> send(String command) {
    CompletableFuture<Boolean> confirmed = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("perf-control")
        .start(
            () -> {
              try {
                commands.write((command + "\n").getBytes(StandardCharsets.US_ASCII));
                confirmed.complete(confirmations.read() == 'a');
              } catch (IOException e) {
                confirmed.completeExceptionally(e);
              }
            });
    return confirmed;
  }

  @Override
  public void close() {
    try {
      // a reader that still waits is let go
      confirmations.write('-');
      confirmations.close();
      commands.close();
    } catch (IOException e) {
      throw new PerfRecordException("cannot close perf's control pipe", e);
    }
  }
}
