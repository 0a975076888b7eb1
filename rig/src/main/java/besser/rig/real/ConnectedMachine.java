package besser.rig.real;

import besser.rig.connection.Connection;
import besser.rig.connection.Output;
import besser.rig.connection.Running;
import besser.rig.connection.Shell;
import besser.rig.device.DeviceFault;
import besser.trace.record.TracedMachine;
import besser.trace.ring.PageStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * A machine at the end of a connection, traced through its shell. Texts that do not change while
 * the machine is up are fetched once, since kernel symbols alone are ten megabytes.
 */
public final class ConnectedMachine implements TracedMachine {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String MOUNT_POINT = "/sys/kernel/tracing";
  private static final String OLD_MOUNT_POINT = "/sys/kernel/debug/tracing";

  /** Ends a file's text in the answer to {@link #readAll}; no text of tracefs has it. */
  private static final String END = "\u001e";

  private final Connection connection;
  private final long holderPid;
  private final String architecture;
  private final Map<String, String> fetched = new ConcurrentHashMap<>();

  /**
   * @param holderPid a process there that lives as long as besser is connected
   * @param architecture as {@code uname -m} says it
   */
  public ConnectedMachine(Connection connection, long holderPid, String architecture) {
    this.connection = connection;
    this.holderPid = holderPid;
    this.architecture = architecture;
  }

  private Output run(String script) throws IOException {
    try {
      return connection.run(script, LIMIT);
    } catch (DeviceFault e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private String require(String what, String script) throws IOException {
    Output output = run(script);
    if (!output.ok()) throw new IOException(what + ": " + output.err().strip());
    return output.out();
  }

  @Override
  public String mountTracefs() throws IOException {
    String script =
        """
        for d in %1$s %2$s; do [ -e $d/events ] && { echo $d; exit 0; }; done
        mount -t tracefs nodev %1$s && echo %1$s"""
            .formatted(MOUNT_POINT, OLD_MOUNT_POINT);
    return require("tracefs cannot be mounted", script).strip();
  }

  @Override
  public boolean exists(String path) throws IOException {
    return run("[ -e " + Shell.word(path) + " ]").ok();
  }

  @Override
  public String read(String file) throws IOException {
    if (!isConstant(file)) return text(file);
    String known = fetched.get(file);
    if (known != null) return known;
    String text = text(file);
    fetched.put(file, text);
    return text;
  }

  private String text(String file) throws IOException {
    String word = Shell.word(file);
    return require(file, "[ -e " + word + " ] || exit 0; exec cat " + word);
  }

  private static boolean isConstant(String file) {
    // Probes come and go, and with them their events' formats.
    return file.equals("/proc/kallsyms")
        || file.endsWith("/events/header_page")
        || file.endsWith("/events/header_event")
        || file.endsWith("/printk_formats")
        || (file.endsWith("/format") && !file.contains("/events/besser"));
  }

  @Override
  public Map<String, String> readAll(List<String> files) throws IOException {
    List<String> missing = files.stream().filter(file -> !fetched.containsKey(file)).toList();
    Map<String, String> texts = new LinkedHashMap<>();
    if (!missing.isEmpty()) {
      String script =
          "for f in "
              + String.join(" ", missing.stream().map(Shell::word).toList())
              + "; do cat \"$f\" 2>/dev/null; printf '\\036'; done";
      String[] answers = require("files of tracefs", script).split(END, -1);
      if (answers.length != missing.size() + 1) {
        throw new IOException(
            "%d files asked for, %d answered".formatted(missing.size(), answers.length - 1));
      }
      for (int i = 0; i < missing.size(); i++) {
        texts.put(missing.get(i), answers[i]);
        if (isConstant(missing.get(i))) fetched.put(missing.get(i), answers[i]);
      }
    }
    for (String file : files) texts.computeIfAbsent(file, fetched::get);
    return texts;
  }

  @Override
  public void write(String file, String text) throws IOException {
    require(file, "printf %s " + Shell.word(text) + " > " + Shell.word(file));
  }

  @Override
  public void append(String file, String text) throws IOException {
    require(file, "printf %s " + Shell.word(text) + " >> " + Shell.word(file));
  }

  @Override
  public SortedSet<String> directories(String path) throws IOException {
    String script =
        "cd %s 2>/dev/null || exit 0; for d in */; do [ -d \"$d\" ] && echo \"$d\"; done; true"
            .formatted(Shell.word(path));
    SortedSet<String> names = new TreeSet<>();
    for (String line : require(path, script).lines().toList()) {
      names.add(line.substring(0, line.length() - 1));
    }
    return names;
  }

  @Override
  public void createDirectory(String path) throws IOException {
    require(path, "mkdir " + Shell.word(path));
  }

  @Override
  public void removeDirectory(String path) throws IOException {
    require(path, "rmdir " + Shell.word(path));
  }

  @Override
  public SortedMap<Integer, String> threadNames() throws IOException {
    String script =
        """
        for t in /proc/[0-9]*/task/[0-9]*; do
          { IFS= read -r n < "$t/comm"; } 2>/dev/null && echo "${t##*/} $n"
        done
        true""";
    SortedMap<Integer, String> names = new TreeMap<>();
    for (String line : require("/proc", script).lines().toList()) {
      int space = line.indexOf(' ');
      if (space > 0) names.put(Integer.parseInt(line, 0, space, 10), line.substring(space + 1));
    }
    return names;
  }

  @Override
  public long holderPid() {
    return holderPid;
  }

  @Override
  public ByteOrder order() {
    List<String> big = List.of("s390x", "s390", "ppc64", "ppc", "mips", "mips64", "armeb");
    return big.contains(architecture) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  @Override
  public int longBytes() {
    return architecture.contains("64") || architecture.equals("s390x") ? 8 : 4;
  }

  @Override
  public PageStream openPages(String traceRaw, int pageBytes, BooleanSupplier stopped)
      throws IOException {
    try {
      Running reader = connection.start(pageScript(traceRaw, pageBytes));
      return new StreamedPages(traceRaw, reader, pageBytes);
    } catch (DeviceFault e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Reads whole pages while tracing is on and everything once it is off. A blocking read wakes for
   * every event and would measure itself, and a shell cannot poll; so twice a second the buffer's
   * statistics say how many pages are full, and exactly those are read, which never blocks.
   */
  private static String pageScript(String traceRaw, int pageBytes) {
    String cpu = traceRaw.substring(0, traceRaw.lastIndexOf('/'));
    String instance = cpu.substring(0, cpu.indexOf("/per_cpu/"));
    List<String> lines = new ArrayList<>();
    lines.add("cd " + Shell.word(cpu) + " || exit 1; exec 4<trace_pipe_raw || exit 1");
    lines.add("seen=0; idle=0; sleep 0.01 2>/dev/null && nap=0.5 || nap=1");
    lines.add("count() { entries=0; bytes=0; while read -r k v x; do case $k in");
    lines.add("entries:) entries=$v;; bytes:) bytes=$v;; esac; done < stats; }");
    lines.add("take() { dd bs=" + pageBytes + " count=$1 <&4 2>/dev/null; }");
    lines.add("while read -r on < " + Shell.word(instance + "/tracing_on") + "; do");
    lines.add("[ $on = 1 ] && seen=1; count; full=$((bytes / " + (pageBytes - 16) + "))");
    lines.add("[ $full -gt 0 ] && { take $full || exit 1; }");
    lines.add("if [ $on = 0 ]; then idle=$((idle + 1))");
    lines.add("if [ $seen = 1 ] || [ $idle -gt 20 ]; then n=0; count");
    lines.add("while [ $entries -gt 0 ] && [ $n -lt 64 ]; do take 1 || exit 1; count");
    lines.add("n=$((n + 1)); done; exit 0; fi; fi");
    lines.add("sleep $nap; done");
    return Shell.untilInputEnds(String.join("\n", lines));
  }
}
