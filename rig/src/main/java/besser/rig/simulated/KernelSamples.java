package besser.rig.simulated;

import besser.kernel.KernelFunction;
import besser.kernel.Task;
import besser.kernel.machine.Machine;
import besser.kernel.observe.CallNode;
import besser.kernel.observe.SampleListener;
import besser.trace.Frame;
import besser.trace.Sample;
import besser.trace.SampleSink;
import java.util.IdentityHashMap;
import java.util.Optional;

/** The profile samples of a simulated machine as a stream, as perf would leave them. */
final class KernelSamples implements SampleListener, Sample {
  private final Machine machine;
  private final SampleSink sink;
  private final IdentityHashMap<KernelFunction, Frame> frames = new IdentityHashMap<>();
  private Optional<CallNode> node = Optional.empty();
  private int cpu;
  private boolean idle;

  KernelSamples(Machine machine, SampleSink sink) {
    this.machine = machine;
    this.sink = sink;
  }

  @Override
  public void sampled(CallNode hit, int onCpu, boolean inIdle) {
    if (node.isEmpty() || node.get() != hit) node = Optional.of(hit);
    cpu = onCpu;
    idle = inIdle;
    sink.sample(this);
  }

  @Override
  public boolean wantsIdle() {
    return sink.wantsIdle();
  }

  @Override
  public String eventName() {
    return switch (machine.profile().config().event()) {
      case CYCLES -> "cycles";
      case CPU_CLOCK -> "cpu-clock";
    };
  }

  @Override
  public long timeNanos() {
    return machine.nowNanos();
  }

  @Override
  public int cpu() {
    return cpu;
  }

  @Override
  public int pid() {
    return task().pid();
  }

  @Override
  public int tid() {
    return task().pid();
  }

  @Override
  public String comm() {
    return task().comm();
  }

  private Task task() {
    return machine.kernel().current();
  }

  @Override
  public long period() {
    return 1_000_000_000L / machine.profile().config().frequencyHz();
  }

  @Override
  public boolean idle() {
    return idle;
  }

  @Override
  public int depth() {
    return Math.max(1, hit().depth());
  }

  private CallNode hit() {
    return node.orElseThrow();
  }

  @Override
  public Frame frame(int index) {
    if (index < 0 || index >= depth()) {
      throw new IndexOutOfBoundsException("frame must be 0 to " + (depth() - 1) + ", got " + index);
    }
    CallNode at = node(index);
    return at.isRoot()
        ? new Frame(Frame.UNKNOWN_SYMBOL, Frame.KERNEL_MODULE, Frame.Space.KERNEL)
        : frames.computeIfAbsent(at.function(), KernelSamples::frameOf);
  }

  private CallNode node(int index) {
    CallNode at = hit();
    for (int i = 0; i < index; i++) at = at.caller();
    return at;
  }

  private static Frame frameOf(KernelFunction function) {
    return switch (function.module()) {
      case "vmlinux" -> new Frame(function.name(), Frame.KERNEL_MODULE, Frame.Space.KERNEL);
      case "user" -> new Frame(function.name(), "user", Frame.Space.USER);
      default -> new Frame(function.name(), "[" + function.module() + "]", Frame.Space.KERNEL);
    };
  }

  @Override
  public long address(int index) {
    CallNode at = node(index);
    return at.isRoot() ? 0 : machine.symbols().addressOf(at.function());
  }
}
