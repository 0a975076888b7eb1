package besser.bench;

import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SpinLock;
import besser.kernel.WaitQueue;
import besser.kernel.Work;
import besser.kernel.machine.Alarm;
import besser.kernel.machine.CostModel;
import besser.kernel.machine.IrqLine;
import besser.kernel.machine.Machine;
import besser.kernel.machine.MachineConfig;
import besser.kernel.machine.TaskPlacement;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** What the simulated kernel's parts cost: nanoseconds of this machine for one of each. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(value = 1, jvmArgsAppend = "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED")
public class MachineBenchmark {
  private static final int COUNT = 200_000;
  private static final long END = Long.MAX_VALUE / 4;
  private static final KernelFunction BODY = KernelFunction.of("bench", "body");
  private static final LockClass LOCK = new LockClass("lock", "bench");

  private static Machine machine(int cpus) {
    return new Machine(MachineConfig.timed(1, cpus, CostModel.fixed(100)));
  }

  /** {@code spin_lock_irqsave} and {@code spin_unlock_irqrestore} of a free lock. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public long irqsaveLockAndUnlock() {
    try (Machine machine = machine(4)) {
      Kernel kernel = machine.kernel();
      SpinLock lock = kernel.spinLock(LOCK);
      machine.boot(
          () -> {
            for (int i = 0; i < COUNT; i++) {
              lock.lockIrqsave();
              lock.unlockIrqrestore();
            }
          });
      machine.runUntil(END);
      return machine.eventHash();
    }
  }

  /** {@code wake_up}, {@code wait_event} and the switch between two threads of one CPU. */
  @Benchmark
  @OperationsPerInvocation(2 * COUNT)
  public long wakeWaitAndSwitch() {
    try (Machine machine = machine(1)) {
      WaitQueue queue = machine.kernel().waitQueue(LOCK);
      int[] turn = {0};
      for (int side = 0; side < 2; side++) {
        int mine = side;
        machine.kthread(
            "side",
            BODY,
            TaskPlacement.NORMAL,
            () -> {
              for (int i = 0; i < COUNT; i++) {
                queue.waitEvent(() -> turn[0] == mine);
                turn[0] = 1 - mine;
                queue.wakeUp();
              }
            });
      }
      machine.runUntil(END);
      return machine.eventHash();
    }
  }

  /** An interrupt on an idle CPU, whose handler queues a work item that runs. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public long interruptAndWorkItem() {
    try (Machine machine = machine(4)) {
      Kernel kernel = machine.kernel();
      Work work = kernel.work(BODY, () -> {});
      IrqLine line = machine.hardware().irqLine(40, "dev", 0);
      line.requestIrq(BODY, () -> kernel.systemWq().queue(work));
      Alarm[] alarm = new Alarm[1];
      int[] left = {COUNT};
      alarm[0] =
          machine
              .hardware()
              .alarm(
                  () -> {
                    line.raise();
                    if (--left[0] > 0) alarm[0].arm(150_000);
                  });
      alarm[0].arm(0);
      machine.runUntil(COUNT * 150_000L);
      return machine.eventHash();
    }
  }
}
