package besser.trace;

import java.util.List;
import java.util.function.IntFunction;

/**
 * Where events come from: a buffer of a trace.dat, a directory of raw pages, a text trace, a
 * simulated device. May be read several times unless it is live.
 */
public interface EventSource extends AutoCloseable {
  /** The file or device, for messages. */
  String name();

  /**
   * The formats known before the first event. A text source learns formats as it reads, so a sink
   * must also accept an event whose format is not in here.
   */
  EventCatalogue catalogue();

  /** Task names by pid. */
  TaskNames taskNames();

  /** Kernel symbols by address; empty when the source has none. */
  KernelSymbols symbols();

  /** The trace clock as tracefs names it, such as {@code local} or {@code mono}. */
  String clock();

  /** What was found wrong so far; grows while reading. */
  IssueCounts issues();

  /** The CPUs that have a stream, ascending. */
  List<Integer> cpus();

  /**
   * Reads all CPUs, in parallel where the source can, each in its own order.
   *
   * @param sinkOfCpu asked once per CPU, before its first event, for that CPU's sink
   * @throws TraceFormatException on structural damage
   */
  void readEachCpu(IntFunction<? extends EventSink> sinkOfCpu);

  /**
   * Reads all CPUs merged by time; of events at the same time, the lower CPU first.
   *
   * @throws TraceFormatException on structural damage
   */
  void readInTimeOrder(EventSink sink);

  @Override
  void close();
}
