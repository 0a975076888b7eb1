package besser.metrics.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.metrics.Source;
import besser.metrics.table.Difference;
import besser.trace.perf.SymbolSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  @TempDir Path directory;

  private Capture capture(String name, String text) throws IOException {
    return Capture.open(Files.writeString(directory.resolve(name), text), SymbolSources.none());
  }

  private static String sample(String thread, String... functions) {
    StringBuilder text = new StringBuilder(thread + " [000] 1.000000: 250000 cpu-clock:\n");
    for (String function : functions) {
      text.append("\tffffffff81000010 ").append(function).append(" ([kernel.kallsyms])\n");
    }
    return text.append('\n').toString();
  }

  @Test
  void putsTheGreatestChangeOfShareFirstAndLeavesIdleOut() throws IOException {
    String idle = sample("swapper 0/0", "intel_idle", "cpuidle_enter", "do_idle");
    String unlock = sample("sh 7/7", "_raw_spin_unlock", "rx");
    String parse = sample("sh 7/7", "wsm_handle_rx", "rx");
    try (Capture before = capture("before", idle + unlock + unlock + unlock + parse);
        Capture after = capture("after", unlock + parse + parse + parse + idle)) {
      Comparison comparison = Comparison.of(before, after, Source.Denominator.NON_IDLE);
      Difference.Growth first = comparison.functions().orElseThrow().growths().getFirst();
      assertEquals(0.5, Math.abs(first.change()));
      assertEquals(
          Map.of("rx_[k];_raw_spin_unlock_[k]", 3L, "rx_[k];wsm_handle_rx_[k]", 1L),
          comparison.before());
      assertEquals(
          Map.of("rx_[k];_raw_spin_unlock_[k]", 1L, "rx_[k];wsm_handle_rx_[k]", 3L),
          comparison.after());
      assertTrue(comparison.events().isEmpty());
    }
  }

  @Test
  void comparesRatesOfCapturesOfDifferentLength() throws IOException {
    String head = "# tracer: nop\n";
    String line = "     sh-7      [001] .....   %d.000000: sched_switch: next_pid=1\n";
    try (Capture before = capture("before", head + line.formatted(10) + line.formatted(11));
        Capture after =
            capture("after", head + line.formatted(10) + line.formatted(12) + line.formatted(14))) {
      Difference.Growth growth =
          Comparison.of(before, after, Source.Denominator.ALL)
              .events()
              .orElseThrow()
              .growths()
              .getFirst();
      assertEquals("sched:sched_switch", growth.name());
      assertEquals(2, growth.before());
      assertEquals(0.75, growth.after());
    }
  }
}
