package besser.rig.connection;

import besser.rig.device.DeviceLost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A shell that stays and runs one script after the other, each in a subshell. A new channel and a
 * new login for every short script would cost a small device more than the script.
 */
final class CommandShell implements AutoCloseable {
  private static final int PIECE_BYTES = 1 << 16;

  private final String name;
  private final Running shell;
  private final InputStream out;
  private final String mark = "\u001ebesser-" + UUID.randomUUID() + " ";

  /** Over a shell that reads its commands from its input. */
  CommandShell(String name, Running shell) {
    this.name = name;
    this.shell = shell;
    this.out = shell.output();
  }

  /**
   * Runs a script.
   *
   * @throws DeviceLost when the shell is gone or does not answer in time; it is of no use then
   */
  Output run(String script, Duration limit) {
    CompletableFuture<Output> answer = new CompletableFuture<>();
    Pumps.aside("command", () -> ask(script, answer));
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      close();
      throw new DeviceLost("%s: no answer within %d s".formatted(name, limit.toSeconds()), e);
    } catch (ExecutionException e) {
      close();
      throw new DeviceLost(name + ": the connection broke", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new DeviceLost(name + ": interrupted", e);
    }
  }

  private void ask(String script, CompletableFuture<Output> answer) {
    // Errors are kept in a variable and said behind the output, so that one stream carries both.
    String command =
        "{ e=$( ( eval %1$s ) </dev/null 2>&1 >&3 3>&- ); s=$?; } 3>&1; printf '%%s%%d\n%%s%%s' %2$s $s \"$e\" %2$s\n"
            .formatted(Shell.word(script), Shell.word(mark));
    try {
      shell.input().write(command.getBytes(StandardCharsets.UTF_8));
      shell.input().flush();
      answer.complete(read());
    } catch (IOException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  /** The output, the mark, the status in a line, the errors, and the mark again. */
  private Output read() throws IOException {
    byte[] end = mark.getBytes(StandardCharsets.ISO_8859_1);
    byte[] piece = new byte[PIECE_BYTES];
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] last = new byte[0];
    while (true) {
      int count = out.read(piece);
      if (count < 0) throw new IOException("the shell ended: " + shell.errors().strip());
      all.write(piece, 0, count);
      last = tail(last, piece, count, end.length);
      if (!Arrays.equals(last, end)) continue;
      String text = all.toString(StandardCharsets.ISO_8859_1);
      int first = text.indexOf(mark);
      if (first + mark.length() >= text.length()) continue;
      int line = text.indexOf('\n', first);
      return new Output(
          Integer.parseInt(text.substring(first + mark.length(), line)),
          text.substring(0, first),
          text.substring(line + 1, text.length() - mark.length()));
    }
  }

  private static byte[] tail(byte[] before, byte[] piece, int count, int length) {
    byte[] both = Arrays.copyOf(before, before.length + count);
    System.arraycopy(piece, 0, both, before.length, count);
    return both.length <= length
        ? both
        : Arrays.copyOfRange(both, both.length - length, both.length);
  }

  @Override
  public void close() {
    shell.close();
  }
}
