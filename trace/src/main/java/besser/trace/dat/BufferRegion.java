package besser.trace.dat;

import java.util.List;

/**
 * Where a trace.dat keeps the pages of one ring buffer.
 *
 * @param name the tracefs instance's name; empty for the top buffer
 * @param clock its trace clock, or empty when the file says it once for all
 * @param pageBytes size of its pages, or 0 for the file's
 * @param compressed whether the pages lie in compressed chunks
 * @param cpus where each CPU's pages are
 */
record BufferRegion(
    String name, String clock, int pageBytes, boolean compressed, List<CpuRegion> cpus) {

  /** One CPU's pages (or chunks) in the file. */
  record CpuRegion(int cpu, long offset, long sizeBytes) {}

  BufferRegion {
    cpus = List.copyOf(cpus);
  }
}
