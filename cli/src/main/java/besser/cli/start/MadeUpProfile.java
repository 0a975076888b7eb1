package besser.cli.start;

import besser.trace.perf.PerfDataWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/** A perf.data of a kernel that never was, with its kallsyms: the same bytes every time. */
final class MadeUpProfile {
  private static final long TEXT = 0xffff_ffff_8100_0000L;
  private static final int FUNCTION_BYTES = 256;
  private static final int FUNCTIONS = 40_000;
  private static final int SAMPLED_FUNCTIONS = 800;
  private static final int CHAINS = 3000;
  private static final int SAMPLES_A_ROUND = 4000;
  private static final int FIRST_PID = 100;
  private static final long PERIOD_NANOS = 1_000_000;

  private MadeUpProfile() {}

  /** Writes the profile. */
  static void write(Path file, int samples) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    long[][] chains = new long[CHAINS][];
    for (int i = 0; i < CHAINS; i++) {
      chains[i] = new long[6 + random.nextInt(19)];
      for (int depth = 0; depth < chains[i].length; depth++) {
        int function = random.nextInt(SAMPLED_FUNCTIONS) * (FUNCTIONS / SAMPLED_FUNCTIONS);
        chains[i][depth] = address(function) + 4;
      }
    }
    try (PerfDataWriter out = new PerfDataWriter(file)) {
      out.kernel(TEXT, address(FUNCTIONS));
      for (int cpu = 0; cpu < 2; cpu++) {
        out.task(FIRST_PID + cpu, "load/" + cpu);
      }
      for (int i = 0; i < samples; i++) {
        int cpu = i & 1;
        long timeNanos = (1 + i) * PERIOD_NANOS / 2;
        out.sample(cpu, FIRST_PID + cpu, timeNanos, PERIOD_NANOS, chains[random.nextInt(CHAINS)]);
        if (i % SAMPLES_A_ROUND == 0) {
          out.finishRound();
        }
      }
    }
  }

  private static long address(int function) {
    return TEXT + (long) function * FUNCTION_BYTES;
  }

  /** Writes the symbols of that kernel. */
  static void writeKallsyms(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < FUNCTIONS; i++) {
      String name = i == 0 ? "_text" : "function_" + i;
      text.append(String.format(Locale.ROOT, "%016x T %s\n", address(i), name));
    }
    Files.writeString(file, text, StandardCharsets.US_ASCII);
  }
}
