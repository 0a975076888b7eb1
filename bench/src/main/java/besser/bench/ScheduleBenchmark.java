package besser.bench;

import besser.check.Checker;
import besser.check.Program;
import besser.check.Trial;
import besser.check.driver.DriverProgram;
import besser.check.explore.Budget;
import besser.check.explore.Exploration;
import besser.check.explore.Explorer;
import besser.check.explore.Runner;
import besser.check.explore.SearchProgress;
import besser.check.explore.SearchRequest;
import besser.check.standard.StandardCheckers;
import besser.check.strategy.RandomWalk;
import besser.kernel.KernelFunction;
import besser.kernel.SharedInt;
import besser.kernel.machine.Machine;
import besser.kernel.machine.TaskPlacement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Schedules per second on one core: three threads with two non-atomic increments each, beside
 * Lincheck's model checking of the same, and the driver with 32 frames in flight. An operation is
 * one schedule.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED",
      "--add-opens=java.base/java.lang=ALL-UNNAMED",
      "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
      "--add-exports=java.base/jdk.internal.util=ALL-UNNAMED",
      "--add-exports=java.base/sun.security.action=ALL-UNNAMED",
      "-XX:+EnableDynamicAgentLoading",
      "-Djdk.attach.allowAttachSelf=true"
    })
public class ScheduleBenchmark {
  private static final int SMALL_BATCH = 10_000;
  private static final int DRIVER_BATCH = 100;
  private static final int THREADS = 3;
  private static final int INCREMENTS = 2;
  private static final KernelFunction ADDER = KernelFunction.of("bench", "adder");

  private long seed;

  /** Three threads on three CPUs, two increments each. */
  private static final class Increments implements Program {
    @Override
    public String name() {
      return "increments";
    }

    @Override
    public String summary() {
      return "three threads, two non-atomic increments each";
    }

    @Override
    public void run(Trial trial) {
      try (Machine machine = trial.machine(THREADS)) {
        SharedInt counter = machine.kernel().sharedInt("counter", 0);
        for (int cpu = 0; cpu < THREADS; cpu++) {
          machine.kthread(
              "adder",
              ADDER,
              TaskPlacement.bound(cpu),
              () -> {
                for (int i = 0; i < INCREMENTS; i++) counter.add(1);
              });
        }
        machine.runToEnd();
      }
    }
  }

  private Exploration search(Program program, Supplier<List<Checker>> checkers, int schedules) {
    Runner runner = new Runner(program, 1, program.load(), checkers, Runner.DEFAULT_STEP_LIMIT);
    return Explorer.search(
        new SearchRequest(
            runner, new RandomWalk(), ++seed, Budget.ofSchedules(schedules), 1, false),
        SearchProgress.SILENT);
  }

  /** Nobody watches: what Lincheck is measured beside, whose verifier allows every result. */
  @Benchmark
  @OperationsPerInvocation(SMALL_BATCH)
  public Exploration incrementsBesser() {
    return search(new Increments(), List::of, SMALL_BATCH);
  }

  /** With every checker: each run reports the race. */
  @Benchmark
  @OperationsPerInvocation(SMALL_BATCH)
  public Exploration incrementsBesserAllCheckers() {
    return search(new Increments(), StandardCheckers::all, SMALL_BATCH);
  }

  /** One scenario, so many schedules of it. */
  @Benchmark
  @OperationsPerInvocation(SMALL_BATCH)
  public void incrementsLincheck() {
    new ModelCheckingOptions()
        .iterations(1)
        .invocationsPerIteration(SMALL_BATCH)
        .threads(THREADS)
        .actorsPerThread(INCREMENTS)
        .actorsBefore(0)
        .actorsAfter(0)
        .check(LinCounter.class);
  }

  /** The driver as it ships, 32 frames in flight, all checkers. */
  @Benchmark
  @OperationsPerInvocation(DRIVER_BATCH)
  public Exploration driverAllCheckers() {
    return search(DriverProgram.of("relay/receive"), StandardCheckers::all, DRIVER_BATCH);
  }
}
