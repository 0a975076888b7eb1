package besser.bench;

import besser.kernel.fiber.Fiber;
import besser.kernel.fiber.FiberBackend;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Fiber switches: one operation resumes a fiber, which suspends at once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED")
public class FiberBenchmark {
  /** What carries the fiber's stack. */
  @Param public FiberBackend backend = FiberBackend.CONTINUATION;

  /** Calls between the fiber's body and where it suspends. */
  @Param({"1", "12"})
  public int depth = 1;

  private Fiber fiber = Fiber.create(FiberBackend.CONTINUATION, () -> {});

  @Setup
  public void start() {
    fiber = Fiber.create(backend, () -> descend(depth));
    fiber.run();
  }

  private int descend(int calls) {
    if (calls > 1) return descend(calls - 1) + 1;
    while (true) fiber.suspend();
  }

  @Benchmark
  public boolean resumeAndSuspend() {
    return fiber.run();
  }
}
