package besser.kernel.machine;

import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SharedInt;
import besser.kernel.SpinLock;
import besser.kernel.WaitQueue;
import besser.kernel.Work;
import besser.kernel.random.Distribution;
import java.lang.management.ManagementFactory;

/** Prints how fast the machine's parts are; not a test. Run its main. */
final class MachineSpeed {
  private static final KernelFunction BODY = KernelFunction.of("test", "body");
  private static final LockClass LOCK = new LockClass("lock", "test");

  private MachineSpeed() {}

  private static final CostModel NOISY =
      new CostModel() {
        private final Distribution call = Distribution.lognormal(120, 0.6);
        private final Distribution latency = Distribution.lognormal(2000, 0.4);

        @Override
        public Distribution of(KernelFunction function) {
          return call;
        }

        @Override
        public double copyNanosPerByte() {
          return 0.3;
        }

        @Override
        public double zeroNanosPerByte() {
          return 0.1;
        }

        @Override
        public Distribution idleExit() {
          return latency;
        }

        @Override
        public Distribution ipi() {
          return latency;
        }
      };

  private static void report(String what, long operations, long nanos) {
    System.out.printf(
        "%-42s %8.1f ns each, %7.2f M/s%n",
        what, (double) nanos / operations, 1e3 * operations / nanos);
  }

  /** CPU time of this thread: wall-clock time says little on a busy host. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void locks() {
    try (Machine machine = new Machine(MachineConfig.timed(1, 4, NOISY))) {
      Kernel kernel = machine.kernel();
      SpinLock lock = kernel.spinLock(LOCK);
      int pairs = 3_000_000;
      machine.boot(
          () -> {
            for (int i = 0; i < pairs; i++) {
              lock.lockIrqsave();
              lock.unlockIrqrestore();
            }
          });
      long start = cpuNanos();
      machine.runUntil(Long.MAX_VALUE / 4);
      report("irqsave lock or unlock", 2L * pairs, cpuNanos() - start);
    }
  }

  private static void pingPong() {
    try (Machine machine = new Machine(MachineConfig.timed(1, 1, NOISY))) {
      Kernel kernel = machine.kernel();
      WaitQueue queue = kernel.waitQueue(LOCK);
      int rounds = 300_000;
      int[] turn = {0};
      for (int side = 0; side < 2; side++) {
        int mine = side;
        machine.kthread(
            "side",
            BODY,
            TaskPlacement.NORMAL,
            () -> {
              for (int i = 0; i < rounds; i++) {
                queue.waitEvent(() -> turn[0] == mine);
                turn[0] = 1 - mine;
                queue.wakeUp();
              }
            });
      }
      long start = cpuNanos();
      machine.runUntil(Long.MAX_VALUE / 4);
      report("wake, wait and task switch", 2L * rounds, cpuNanos() - start);
    }
  }

  private static void works() {
    try (Machine machine = new Machine(MachineConfig.timed(1, 4, NOISY))) {
      Kernel kernel = machine.kernel();
      int[] runs = {0};
      Work work = kernel.work(BODY, () -> runs[0]++);
      IrqLine line = machine.hardware().irqLine(40, "dev", 0);
      line.requestIrq(BODY, () -> kernel.systemWq().queue(work));
      Alarm[] alarm = new Alarm[1];
      alarm[0] =
          machine
              .hardware()
              .alarm(
                  () -> {
                    line.raise();
                    alarm[0].arm(150_000);
                  });
      alarm[0].arm(0);
      long start = cpuNanos();
      machine.runUntil(60_000_000_000L);
      report("irq, queue_work, run, back to idle", runs[0], cpuNanos() - start);
    }
  }

  private static void workload() {
    try (Machine machine = new Machine(MachineConfig.timed(1, 4, NOISY))) {
      new Workload(machine).start();
      long start = cpuNanos();
      machine.runUntil(20_000_000_000L);
      report("virtual nanosecond of the test workload", 20_000_000_000L, cpuNanos() - start);
    }
  }

  private static void explore() {
    int schedules = 100_000;
    long sum = 0;
    long start = cpuNanos();
    for (int seed = 0; seed < schedules; seed++) {
      try (Machine machine = new Machine(MachineConfig.explored(3, new RandomSchedule(seed)))) {
        SharedInt counter = machine.kernel().sharedInt("counter", 0);
        for (int cpu = 0; cpu < 3; cpu++) {
          machine.kthread(
              "adder",
              BODY,
              TaskPlacement.bound(cpu),
              () -> {
                counter.add(1);
                counter.add(1);
              });
        }
        machine.runUntilIdle();
        sum += machine.eventHash();
      }
    }
    report("schedule of 3 threads (" + (sum & 1) + ")", schedules, cpuNanos() - start);
  }

  public static void main(String[] args) {
    for (int i = 0; i < 3; i++) {
      locks();
      pingPong();
      works();
      workload();
      explore();
    }
  }
}
