package besser.kernel.background;

import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.WaitQueue;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.WorkqueueFlag;
import besser.kernel.machine.Alarm;
import besser.kernel.machine.Hardware;
import besser.kernel.machine.IrqLine;
import besser.kernel.machine.Machine;
import besser.kernel.machine.TaskPlacement;
import besser.kernel.random.Distribution;
import besser.kernel.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Background activity of a device: each source is a device of its own that interrupts at random
 * times. Sources draw from streams of their own, so that one more moves no other.
 */
public final class BackgroundLoad {
  private static final LockClass WAIT_LOCK = new LockClass("background.wait", "background");
  private static final KernelFunction HANDLER = KernelFunction.vmlinux("__handle_irq_event_percpu");

  private final Machine machine;
  private final Kernel kernel;
  private final Workqueue unbound;
  private final Workqueue highpri;
  private final List<Ticker> tickers = new ArrayList<>();

  private BackgroundLoad(Machine machine) {
    this.machine = machine;
    this.kernel = machine.kernel();
    this.unbound = kernel.allocWorkqueue("events_unbound", 0, WorkqueueFlag.UNBOUND);
    this.highpri = kernel.allocWorkqueue("events_highpri", 0, WorkqueueFlag.HIGHPRI);
  }

  /**
   * Starts sources on a machine before it runs; nothing stops them.
   *
   * @param firstIrq their interrupt numbers count up from this one
   */
  public static BackgroundLoad start(
      Machine machine, List<BackgroundSource> sources, int firstIrq) {
    BackgroundLoad load = new BackgroundLoad(machine);
    for (int i = 0; i < sources.size(); i++) load.add(sources.get(i), firstIrq + i);
    return load;
  }

  /** How many sources run. */
  public int sources() {
    return tickers.size();
  }

  /** The function that every source's interrupt handler is charged to. */
  public static KernelFunction handler() {
    return HANDLER;
  }

  private void add(BackgroundSource source, int irq) {
    Hardware hardware = machine.hardware();
    IrqLine line = hardware.irqLine(irq, "background-" + source.function().name(), source.cpu());
    line.requestIrq(HANDLER, onInterrupt(source));
    RandomStream random = hardware.random("background/" + irq + "/" + source.function().name());
    Distribution gaps =
        Distribution.exponential(Math.max(1, Math.round(1e9 / source.ratePerSecond())));
    tickers.add(new Ticker(hardware, line, gaps, random));
  }

  private Runnable onInterrupt(BackgroundSource source) {
    return switch (source.kind()) {
      case WORK -> queueing(kernel.systemWq(), source);
      case UNBOUND_WORK -> queueing(unbound, source);
      case HIGHPRI_WORK -> queueing(highpri, source);
      case PROGRAM -> new Program(source);
      case INTERRUPT -> () -> charge(source.function());
    };
  }

  private Runnable queueing(Workqueue queue, BackgroundSource source) {
    // the worker charges the work's own function
    Work work = kernel.work(source.function(), () -> {});
    return () -> queue.queue(work);
  }

  private void charge(KernelFunction function) {
    try (var _ = kernel.enter(function)) {
      // its own time only
    }
  }

  /** Interrupts again and again. */
  private static final class Ticker {
    private final IrqLine line;
    private final Distribution gaps;
    private final RandomStream random;
    private final Alarm alarm;

    Ticker(Hardware hardware, IrqLine line, Distribution gaps, RandomStream random) {
      this.line = line;
      this.gaps = gaps;
      this.random = random;
      this.alarm = hardware.alarm(this::tick);
      alarm.arm(gaps.sample(random));
    }

    private void tick() {
      line.raise();
      alarm.arm(gaps.sample(random));
    }
  }

  /** A program that an interrupt wakes; running it from the handler wakes it. */
  private final class Program implements Runnable {
    private final BackgroundSource source;
    private final WaitQueue waitQueue;
    private int due;

    Program(BackgroundSource source) {
      this.source = source;
      this.waitQueue = kernel.waitQueue(WAIT_LOCK);
      String name = source.function().name();
      machine.kthread(
          name.substring(0, Math.min(15, name.length())),
          source.function(),
          TaskPlacement.NORMAL,
          this::loop);
    }

    @Override
    public void run() {
      due++;
      waitQueue.wakeUp();
    }

    private void loop() {
      while (true) {
        waitQueue.waitEvent(() -> due > 0);
        due = 0;
        charge(source.function());
      }
    }
  }
}
