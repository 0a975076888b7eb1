package besser.rig.real;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One reading of the environment's files, as {@code grep -H ''} prints them, turned into values by
 * series name. Counters stay counters; rates are made of them where a metric asks for one.
 */
final class EnvironmentText {
  private static final Pattern NUMBER =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_ -]*?)\\s*[:=\\s]\\s*(\\d+(?:\\.\\d+)?)\\b");
  private static final double MILLI = 1e-3;
  private static final double NANO = 1e-9;
  private static final int USER_TO_IDLE_FIELDS = 8;
  private static final int RUN_DELAY_FIELD = 8;

  private final String networkInterface;
  private final List<String> planFiles;
  private final Map<String, List<String>> lines = new HashMap<>();
  private double cpuBusyBefore = Double.NaN;
  private double cpuIdleBefore;

  EnvironmentText(String networkInterface, List<String> planFiles) {
    this.networkInterface = networkInterface;
    this.planFiles = planFiles;
  }

  /** Takes one line {@code FILE:TEXT}. */
  void line(String line) {
    int colon = line.indexOf(':', line.startsWith("/") ? 1 : 0);
    if (colon > 0) {
      lines
          .computeIfAbsent(line.substring(0, colon), ignored -> new ArrayList<>())
          .add(line.substring(colon + 1));
    }
  }

  /** The values of what was taken since the last call. */
  SortedMap<String, Double> values() {
    SortedMap<String, Double> values = new TreeMap<>();
    stat(values);
    interfaces(values);
    softirqs(values);
    softnet(values);
    schedstat(values);
    frequencies(values);
    temperatures(values);
    wireless(values);
    for (String file : planFiles) planFile(file, values);
    lines.clear();
    return values;
  }

  private List<String> of(String file) {
    return lines.getOrDefault(file, List.of());
  }

  private void stat(Map<String, Double> values) {
    for (String line : of("/proc/stat")) {
      String[] words = line.trim().split("\\s+", -1);
      switch (words[0]) {
        case "cpu" -> busy(words, values);
        case "intr" -> values.put("irq.count", Double.parseDouble(words[1]));
        case "ctxt" -> values.put("sched.switches", Double.parseDouble(words[1]));
        case "btime" -> values.put("clock.boot_time", Double.parseDouble(words[1]));
        default -> {
          // Lines of single CPUs and of processes are not needed.
        }
      }
    }
  }

  private void busy(String[] words, Map<String, Double> values) {
    double idle = Double.parseDouble(words[4]) + Double.parseDouble(words[5]);
    double all = 0;
    for (int i = 1; i <= Math.min(USER_TO_IDLE_FIELDS, words.length - 1); i++) {
      all += Double.parseDouble(words[i]);
    }
    double busy = all - idle;
    double passed = busy - cpuBusyBefore + idle - cpuIdleBefore;
    if (passed > 0) values.put("cpu.busy", (busy - cpuBusyBefore) / passed);
    cpuBusyBefore = busy;
    cpuIdleBefore = idle;
  }

  private void interfaces(Map<String, Double> values) {
    for (String line : of("/proc/net/dev")) {
      int colon = line.indexOf(':');
      if (colon < 0 || !line.substring(0, colon).strip().equals(networkInterface)) continue;
      String[] words = line.substring(colon + 1).strip().split("\\s+", -1);
      values.put("net.rx_bytes", Double.parseDouble(words[0]));
      values.put("net.rx_packets", Double.parseDouble(words[1]));
      values.put("net.rx_errors", Double.parseDouble(words[2]));
      values.put("net.rx_dropped", Double.parseDouble(words[3]));
      values.put("net.tx_bytes", Double.parseDouble(words[8]));
      values.put("net.tx_packets", Double.parseDouble(words[9]));
    }
  }

  private void softirqs(Map<String, Double> values) {
    for (String line : of("/proc/softirqs")) {
      String[] words = line.strip().split("\\s+", -1);
      if (!words[0].matches("[A-Z_]+:")) continue;
      double sum = 0;
      for (int i = 1; i < words.length; i++) sum += Double.parseDouble(words[i]);
      String name = words[0].substring(0, words[0].length() - 1);
      values.put("softirq." + name.toLowerCase(java.util.Locale.ROOT), sum);
    }
  }

  private void softnet(Map<String, Double> values) {
    double dropped = 0;
    double squeezed = 0;
    for (String line : of("/proc/net/softnet_stat")) {
      String[] words = line.strip().split("\\s+", -1);
      dropped += Long.parseLong(words[1], 16);
      squeezed += Long.parseLong(words[2], 16);
    }
    if (!of("/proc/net/softnet_stat").isEmpty()) {
      values.put("softnet.dropped", dropped);
      values.put("softnet.squeezed", squeezed);
    }
  }

  private void schedstat(Map<String, Double> values) {
    double delay = 0;
    boolean found = false;
    for (String line : of("/proc/schedstat")) {
      String[] words = line.strip().split("\\s+", -1);
      if (words[0].matches("cpu\\d+") && words.length > RUN_DELAY_FIELD) {
        delay += Double.parseDouble(words[RUN_DELAY_FIELD]) * NANO;
        found = true;
      }
    }
    if (found) values.put("sched.run_delay", delay);
  }

  private void frequencies(Map<String, Double> values) {
    mean("/cpufreq/scaling_cur_freq", 1e3, "cpu.frequency", values);
    mean("/cpufreq/scaling_max_freq", 1e3, "cpu.frequency_limit", values);
    double throttled = 0;
    boolean found = false;
    for (Map.Entry<String, List<String>> entry : lines.entrySet()) {
      String file = entry.getKey();
      boolean counts =
          file.endsWith("core_throttle_count") || file.matches(".*/cooling_device\\d+/cur_state");
      if (!counts || entry.getValue().isEmpty()) continue;
      throttled += Double.parseDouble(entry.getValue().getFirst().strip());
      found = true;
    }
    if (found) values.put("cpu.throttled", throttled);
  }

  private void mean(String ending, double factor, String series, Map<String, Double> values) {
    lines.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(ending) && !entry.getValue().isEmpty())
        .mapToDouble(entry -> Double.parseDouble(entry.getValue().getFirst().strip()) * factor)
        .average()
        .ifPresent(mean -> values.put(series, mean));
  }

  private void temperatures(Map<String, Double> values) {
    lines.entrySet().stream()
        .filter(entry -> entry.getKey().matches(".*/thermal_zone\\d+/temp"))
        .filter(entry -> !entry.getValue().isEmpty())
        .mapToDouble(entry -> Double.parseDouble(entry.getValue().getFirst().strip()) * MILLI)
        .max()
        .ifPresent(hottest -> values.put("thermal.celsius", hottest));
  }

  /** Fields of /proc/net/wireless: status, quality, level in dBm, noise. */
  private void wireless(Map<String, Double> values) {
    for (String line : of("/proc/net/wireless")) {
      int colon = line.indexOf(':');
      if (colon < 0 || !line.substring(0, colon).strip().equals(networkInterface)) continue;
      String[] words = line.substring(colon + 1).strip().split("\\s+", -1);
      values.put("wifi.quality", Double.parseDouble(words[1]));
      values.put("wifi.signal_dbm", Double.parseDouble(words[2]));
    }
  }

  private void planFile(String file, Map<String, Double> values) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    for (String line : of(file)) {
      Matcher matcher = NUMBER.matcher(line);
      while (matcher.find()) {
        String key = matcher.group(1).strip().replace(' ', '_');
        values.put(name + "." + key, Double.parseDouble(matcher.group(2)));
      }
    }
  }
}
