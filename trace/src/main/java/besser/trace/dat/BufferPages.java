package besser.trace.dat;

import java.nio.file.Path;
import java.util.List;

/**
 * One ring buffer to be written: a file of raw pages per CPU.
 *
 * @param name the tracefs instance's name; empty for the top buffer
 * @param clock its trace clock
 * @param pageBytes size of its pages
 * @param cpus the CPUs' files, by ascending CPU
 * @param stats texts of {@code per_cpu/cpuN/stats}, may be empty
 */
public record BufferPages(
    String name, String clock, int pageBytes, List<CpuFile> cpus, List<StatsText> stats) {

  /**
   * One CPU's pages.
   *
   * @param packed how the file keeps them: raw, or in the chunks that {@link ChunkWriter} writes
   */
  public record CpuFile(int cpu, Path pages, Compression packed) {
    /** Raw pages. */
    public CpuFile(int cpu, Path pages) {
      this(cpu, pages, Compression.NONE);
    }

    public CpuFile {
      if (cpu < 0) {
        throw new IllegalArgumentException("cpu must be >= 0, got " + cpu);
      }
    }
  }

  /** What the kernel said of one CPU's buffer. */
  public record StatsText(int cpu, String text) {}

  public BufferPages {
    cpus = List.copyOf(cpus);
    stats = List.copyOf(stats);
    for (int i = 1; i < cpus.size(); i++) {
      if (cpus.get(i).cpu() <= cpus.get(i - 1).cpu()) {
        throw new IllegalArgumentException("cpus must ascend, got " + cpus);
      }
    }
  }

  /** One more than the greatest CPU. */
  int cpuLimit() {
    return cpus.isEmpty() ? 0 : cpus.getLast().cpu() + 1;
  }
}
