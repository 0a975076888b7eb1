package besser.bench.peers;

import besser.trace.perf.PerfDataWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes a perf.data of kernel samples with call chains on two CPUs, as {@code perf record -a -g -e
 * cpu-clock} would: chains of 6 to 24 of 800 kernel functions, of which some are much hotter than
 * others. Functions are this machine's, so that both perf and besser can name them.
 */
final class SyntheticProfile {
  private static final int FUNCTIONS = 800;
  private static final int CHAINS = 3000;
  private static final int SAMPLES_A_ROUND = 4000;
  private static final int FIRST_PID = 100;

  private final SplittableRandom random = new SplittableRandom(1);

  private SyntheticProfile() {}

  /** Writes so many samples. */
  static void write(Path file, int samples) throws IOException {
    try (PerfDataWriter out = new PerfDataWriter(file)) {
      new SyntheticProfile().write(out, samples);
    }
  }

  private void write(PerfDataWriter out, int samples) throws IOException {
    List<Long> symbols = kernelFunctions();
    long[][] chains = chains(symbols);
    out.kernel(symbols.getFirst(), symbols.getLast() + 0x10000);
    for (int cpu = 0; cpu < 2; cpu++) {
      out.task(FIRST_PID + cpu, "load/" + cpu);
    }
    for (int i = 0; i < samples; i++) {
      int cpu = i & 1;
      // the square makes few chains hot, as they are in profiles
      double hot = random.nextDouble();
      long[] chain = chains[(int) (hot * hot * CHAINS)];
      out.sample(cpu, FIRST_PID + cpu, 1_000_000_000L + i * 125_000L, 1_000_000, chain);
      if (i % SAMPLES_A_ROUND == SAMPLES_A_ROUND - 1) {
        out.finishRound();
      }
    }
  }

  private static List<Long> kernelFunctions() throws IOException {
    List<Long> text = new ArrayList<>();
    try (BufferedReader reader =
        Files.newBufferedReader(Path.of("/proc/kallsyms"), StandardCharsets.ISO_8859_1)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] words = line.split("[ \t]", 4);
        if (words.length == 3 && words[1].equalsIgnoreCase("t")) {
          text.add(Long.parseUnsignedLong(words[0], 16));
        }
      }
    }
    if (text.isEmpty() || text.getLast() == 0) {
      throw new IOException("/proc/kallsyms shows no addresses; run as root");
    }
    text.sort(Long::compareUnsigned);
    return text;
  }

  private long[][] chains(List<Long> symbols) {
    long[] functions = new long[FUNCTIONS];
    for (int i = 0; i < FUNCTIONS; i++) {
      functions[i] = symbols.get(random.nextInt(symbols.size())) + 4;
    }
    long[][] chains = new long[CHAINS][];
    for (int i = 0; i < CHAINS; i++) {
      chains[i] = new long[6 + random.nextInt(19)];
      for (int depth = 0; depth < chains[i].length; depth++) {
        chains[i][depth] = functions[random.nextInt(FUNCTIONS)];
      }
    }
    return chains;
  }
}
