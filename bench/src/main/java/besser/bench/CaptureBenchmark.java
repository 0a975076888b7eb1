package besser.bench;

import besser.cli.start.MadeUpTrace;
import besser.metrics.Figure;
import besser.metrics.Filter;
import besser.metrics.MetricDefinition;
import besser.metrics.Source;
import besser.metrics.Source.Per;
import besser.metrics.Source.WaitAfter;
import besser.metrics.Unit;
import besser.metrics.Window;
import besser.metrics.measure.Instruments;
import besser.metrics.table.EventTable;
import besser.trace.dat.TraceDat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Figures out of a trace.dat of five million events of two CPUs. One operation is one event, so
 * operations per microsecond are millions of events per second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
public class CaptureBenchmark {
  private static final int EVENTS = 5_000_000;
  private static final String QUEUE = "workqueue:workqueue_queue_work";
  private static final String START = "workqueue:workqueue_execute_start";
  private static final String END = "workqueue:workqueue_execute_end";
  private static final Optional<Filter> RX = Optional.of(Filter.parse("function == sdio_rx_work"));

  private static final List<MetricDefinition> COUNTED =
      List.of(
          rate("rx", START, RX),
          rate(
              "sdio",
              START,
              Optional.of(Filter.parse("function == sdio_rx_work || function == sdio_tx_work"))),
          rate("started", START, Optional.empty()),
          rate("switched", "sched:sched_switch", Optional.empty()),
          rate("woken", "sched:sched_wakeup", Optional.empty()),
          rate("interrupts", "irq:irq_handler_entry", Optional.empty()));

  private static final List<MetricDefinition> TIMED =
      List.of(
          time("delay", new Source.PairedDuration(QUEUE, START, "work", RX, 99)),
          time("run", new Source.PairedDuration(START, END, "work", RX, 50)),
          time("wait", new Source.RunQueueWait(WaitAfter.WAKE_UP, Optional.empty(), 99)));

  private Path file = Path.of("");

  private static MetricDefinition rate(String id, String event, Optional<Filter> where) {
    return new MetricDefinition(
        id, Unit.PER_SECOND, new Source.EventRate(event, where, Per.SECOND));
  }

  private static MetricDefinition time(String id, Source source) {
    return new MetricDefinition(id, Unit.MICROSECONDS, source);
  }

  @Setup(Level.Trial)
  public void write() throws IOException {
    file = Files.createTempFile("besser-bench", ".dat");
    MadeUpTrace.write(file, EVENTS);
  }

  @TearDown(Level.Trial)
  public void delete() throws IOException {
    Files.delete(file);
  }

  /** Every event counted by type and CPU; the CPUs are read in parallel. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long countByTypeAndCpu() {
    try (TraceDat dat = TraceDat.open(file)) {
      return EventTable.read(dat.mainBuffer().source()).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Six rates, two of them filtered by function, with a series by the second. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public double rates() {
    return measure(COUNTED);
  }

  /** The rates, and the percentiles of three durations over CPUs: events in order of time. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public double ratesAndDurations() {
    return measure(java.util.stream.Stream.concat(COUNTED.stream(), TIMED.stream()).toList());
  }

  private double measure(List<MetricDefinition> definitions) {
    try (TraceDat dat = TraceDat.open(file)) {
      besser.metrics.measure.Measurement measurement =
          Instruments.of(definitions)
              .measure(List.of(new Window("all", 0, Duration.ofSeconds(10))));
      measurement.read(dat.mainBuffer().source());
      double sum = 0;
      for (Figure figure : measurement.figures().getFirst().figures()) {
        sum += figure.value().orElseThrow();
      }
      return sum;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
