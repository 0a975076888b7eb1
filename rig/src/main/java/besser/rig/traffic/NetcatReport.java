package besser.rig.traffic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** What the device's shell says, line by line, while a netcat receives there. Thread-safe. */
final class NetcatReport {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition heard = lock.newCondition();
  private State state = new State("", Optional.empty(), false, List.of(), List.of());

  /**
   * Everything that was said so far.
   *
   * @param interfaceName whose counters are read; empty when none was found
   * @param shellBytes what the shell itself had read, when the netcat listened; empty before, and
   *     negative when the kernel does not tell
   * @param failed it never will
   * @param looks one a second
   * @param said everything else: what the programs complain about
   */
  record State(
      String interfaceName,
      Optional<Long> shellBytes,
      boolean failed,
      List<Look> looks,
      List<String> said) {
    /** Whether the netcat listens. */
    boolean ready() {
      return shellBytes.isPresent();
    }

    /** Whether the netcat has ended, and the last look was at all it had read. */
    boolean ended() {
      return !looks.isEmpty() && looks.getLast().last();
    }
  }

  /**
   * One look at the netcat.
   *
   * @param uptimeSeconds the device's clock
   * @param heardNanos this machine's, when the line came
   * @param readBytes what the netcat had read since it began; empty when the kernel does not tell
   * @param counters of the interface; empty when there is none
   * @param last whether the netcat has ended
   */
  record Look(
      double uptimeSeconds,
      long heardNanos,
      Optional<Long> readBytes,
      Optional<InterfaceCount> counters,
      boolean last) {}

  /** Takes every line until there are no more. */
  void hearAll(InputStream output) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.ISO_8859_1))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) hear(line);
    } catch (IOException e) {
      // The connection was closed; what was heard counts.
    }
  }

  /** Takes one line. */
  void hear(String line) {
    lock.lock();
    try {
      state = with(state, line.strip(), System.nanoTime());
      heard.signalAll();
    } finally {
      lock.unlock();
    }
  }

  State now() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the state fulfils something, the shell is gone or the limit is over. */
  State await(Duration limit, BooleanSupplier alive, Predicate<State> fulfilled) {
    long start = System.nanoTime();
    lock.lock();
    try {
      while (!fulfilled.test(state) && System.nanoTime() - start < limit.toNanos()) {
        boolean more = heard.await(100, TimeUnit.MILLISECONDS);
        if (!more && !alive.getAsBoolean()) break;
      }
      return state;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return state;
    } finally {
      lock.unlock();
    }
  }

  private static State with(State s, String line, long nanos) {
    String[] words = line.split(" +");
    try {
      return switch (words[0]) {
        case "interface" ->
            new State(words.length > 1 ? words[1] : "", s.shellBytes, s.failed, s.looks, s.said);
        case "ready" ->
            new State(
                s.interfaceName, Optional.of(Long.parseLong(words[1])), s.failed, s.looks, s.said);
        case "failed" -> new State(s.interfaceName, s.shellBytes, true, s.looks, s.said);
        case "s", "end" ->
            new State(
                s.interfaceName,
                s.shellBytes,
                s.failed,
                plus(s.looks, look(s, words, nanos)),
                s.said);
        default ->
            new State(
                s.interfaceName,
                s.shellBytes,
                s.failed,
                s.looks,
                line.isEmpty() ? s.said : plus(s.said, line));
      };
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return new State(s.interfaceName, s.shellBytes, s.failed, s.looks, plus(s.said, line));
    }
  }

  private static Look look(State s, String[] words, long nanos) {
    boolean last = words[0].equals("end");
    long read = Long.parseLong(words[2]) - (last ? Math.max(0, s.shellBytes.orElse(0L)) : 0);
    long[] c = new long[4];
    for (int i = 0; i < c.length; i++) c[i] = Long.parseLong(words[i + 3]);
    return new Look(
        Double.parseDouble(words[1]),
        nanos,
        read < 0 ? Optional.empty() : Optional.of(read),
        c[0] < 0
            ? Optional.empty()
            : Optional.of(new InterfaceCount(s.interfaceName, c[0], c[1], c[2], c[3])),
        last);
  }

  private static <T> List<T> plus(List<T> list, T element) {
    List<T> longer = new ArrayList<>(list);
    longer.add(element);
    return List.copyOf(longer);
  }
}
