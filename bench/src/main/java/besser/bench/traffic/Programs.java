package besser.bench.traffic;

import besser.rig.linux.NetworkNamespace;
import besser.rig.linux.SocketTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs other programs in a namespace and asks what they cost. */
final class Programs {
  private static final long LISTEN_NANOS = 5_000_000_000L;
  private static final double TICKS_PER_SECOND = 100;

  private Programs() {}

  /** A shell line; its standard error is ours. */
  static Process start(NetworkNamespace namespace, String line) throws IOException {
    List<String> command = new ArrayList<>(namespace.prefix());
    command.addAll(List.of("sh", "-c", line));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  static void awaitListening(NetworkNamespace namespace, int port) throws IOException {
    long start = System.nanoTime();
    while (!namespace.call(() -> SocketTable.tcp().hasLocalPort(port))) {
      if (System.nanoTime() - start > LISTEN_NANOS) {
        throw new IOException("nothing listens at port " + port);
      }
    }
  }

  /**
   * Waits for an end and says how much CPU time the process and its children took, as its last 100
   * ms leave it: the kernel forgets a process that was waited for.
   */
  static double awaitEnd(Process process, int limitSeconds) throws IOException {
    double cpu = 0;
    try {
      for (int i = 0; i < limitSeconds * 10; i++) {
        cpu = Math.max(cpu, cpuSeconds(process));
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
          if (process.exitValue() != 0) throw new IOException("exit " + process.exitValue());
          return cpu;
        }
      }
      throw new IOException("not ended after %d s".formatted(limitSeconds));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      end(process);
    }
  }

  private static double cpuSeconds(Process process) {
    double own = cpuSeconds(process.pid());
    return own + process.descendants().mapToDouble(p -> cpuSeconds(p.pid())).sum();
  }

  /** utime and stime of proc_pid_stat(5). */
  private static double cpuSeconds(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" +", -1);
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    } catch (IOException e) {
      return 0;
    }
  }

  static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
