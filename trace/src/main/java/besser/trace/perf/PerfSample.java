package besser.trace.perf;

import besser.trace.Frame;
import besser.trace.Sample;
import java.util.Arrays;
import java.util.Objects;

/**
 * A sample of a perf.data, with the fields only perf records. A flyweight like every {@link
 * Sample}; addresses are named when they are asked for.
 *
 * <p>A field the event did not record reads as 0, a count as 0, an id as -1.
 */
public final class PerfSample implements Sample {
  private static final long CONTEXT_LIMIT = -4095;
  private static final long CONTEXT_HYPERVISOR = -32;
  private static final long CONTEXT_KERNEL = -128;
  private static final long CONTEXT_USER = -512;
  private static final long CONTEXT_USER_DEFERRED = -640;
  private static final long CONTEXT_GUEST = -2048;
  private static final long CONTEXT_GUEST_KERNEL = -2176;
  private static final long CONTEXT_GUEST_USER = -2560;
  private static final int MODE_OTHER = 0;
  private static final int MODE_BROKEN = -1;
  private static final long NOT_COUNTED = -1;
  private static final int ABSENT = SampleLayout.ABSENT;

  private final Symbolizer symbolizer;
  private final SampleBody body = new SampleBody();
  private Bytes bytes = new Bytes(new byte[0], false);
  private int at;
  private int cpuMode;
  private SampleLayout layout;
  private PerfEvent event;
  private Task task;
  private long[] addresses = new long[64];
  private byte[] modes = new byte[64];
  private int depth;
  private boolean chainBroken;
  private long countedPeriod = NOT_COUNTED;

  PerfSample(Symbolizer symbolizer, SampleLayout layout, PerfEvent event, Task task) {
    this.symbolizer = symbolizer;
    this.layout = layout;
    this.event = event;
    this.task = task;
  }

  /**
   * Moves to a sample.
   *
   * @return false when its fields do not fit its size
   */
  boolean moveTo(Bytes from, int recordAt, int size, SampleLayout itsLayout) {
    bytes = from;
    at = recordAt;
    layout = itsLayout;
    depth = 0;
    cpuMode = from.u16(recordAt + 4) & RecordType.MISC_CPU_MODE_MASK;
    return size >= itsLayout.prefixBytes && body.parse(from, recordAt, size, itsLayout);
  }

  void belongsTo(PerfEvent itsEvent, Task itsTask) {
    event = itsEvent;
    task = itsTask;
    countedPeriod = NOT_COUNTED;
  }

  /** The sampling event. */
  public PerfEvent event() {
    return event;
  }

  @Override
  public String eventName() {
    return event.name();
  }

  @Override
  public long timeNanos() {
    return word(layout.timeOffset);
  }

  @Override
  public int cpu() {
    return layout.cpuOffset == ABSENT ? -1 : bytes.i32(at + layout.cpuOffset);
  }

  @Override
  public int pid() {
    return layout.tidOffset == ABSENT ? -1 : bytes.i32(at + layout.tidOffset);
  }

  @Override
  public int tid() {
    return layout.tidOffset == ABSENT ? -1 : bytes.i32(at + layout.tidOffset + 4);
  }

  @Override
  public String comm() {
    return task.comm();
  }

  /** Makes the sample stand for one of the counters read with it. */
  void standsFor(PerfEvent itsEvent, long itsPeriod) {
    event = itsEvent;
    countedPeriod = itsPeriod;
  }

  @Override
  public long period() {
    if (countedPeriod != NOT_COUNTED) {
      return countedPeriod;
    }
    return layout.periodOffset == ABSENT ? layout.attr.samplePeriod() : word(layout.periodOffset);
  }

  /** Whether the sampling interrupt hit kernel code. */
  public boolean inKernel() {
    return cpuMode == RecordType.MISC_KERNEL;
  }

  /** The data address the event is about, such as that of a page fault. */
  public long dataAddress() {
    return word(layout.addrOffset);
  }

  /** The id of the counter that sampled; one of {@link PerfEvent#ids}. */
  public long id() {
    return layout.idOffset == ABSENT ? -1 : word(layout.idOffset);
  }

  /** The id of the stream, which unlike {@link #id} differs between inherited counters. */
  public long streamId() {
    return layout.streamIdOffset == ABSENT ? -1 : word(layout.streamIdOffset);
  }

  /** The fields behind the fixed ones: raw data, branches, registers and so on. */
  public SampleBody body() {
    return body;
  }

  private long word(int offset) {
    return offset == ABSENT ? 0 : bytes.i64(at + offset);
  }

  @Override
  public boolean idle() {
    if (layout.tidOffset == ABSENT || tid() != 0) {
      return false;
    }
    int count = depth();
    if (count == 1) {
      Site leaf = site(0);
      return leaf.isIdleLoop() || leaf.frame().symbol().equals(Frame.UNKNOWN_SYMBOL);
    }
    for (int i = 0; i < count; i++) {
      if (site(i).isInterruptEntry()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int depth() {
    if (depth == 0) {
      unwindChain();
    }
    return depth;
  }

  /** Sorts the chain's addresses from the marks that say which mode they are of. */
  private void unwindChain() {
    int count = 0;
    if (layout.ipOffset != ABSENT) {
      addresses[0] = word(layout.ipOffset);
      modes[0] = (byte) cpuMode;
      count = 1;
    }
    int chain = body.chainLength();
    if (chain + 1 > addresses.length) {
      addresses = Arrays.copyOf(addresses, 2 * chain);
      modes = Arrays.copyOf(modes, 2 * chain);
    }
    int mode = cpuMode;
    boolean first = true;
    chainBroken = false;
    for (int i = 0; i < chain && !chainBroken; i++) {
      long entry = body.chainEntry(i);
      if (Long.compareUnsigned(entry, CONTEXT_LIMIT) >= 0) {
        mode = modeOf(entry);
        chainBroken = mode == MODE_BROKEN;
        i += entry == CONTEXT_USER_DEFERRED ? 1 : 0;
      } else {
        if (!first || count == 0 || entry != addresses[0]) {
          addresses[count] = entry;
          modes[count] = (byte) mode;
          count++;
        }
        first = false;
      }
    }
    if (count == 0) {
      addresses[0] = 0;
      modes[0] = MODE_OTHER;
      count = 1;
    }
    depth = count;
  }

  private static int modeOf(long mark) {
    if (mark == CONTEXT_KERNEL) {
      return RecordType.MISC_KERNEL;
    }
    if (mark == CONTEXT_USER || mark == CONTEXT_USER_DEFERRED) {
      return RecordType.MISC_USER;
    }
    boolean other =
        mark == CONTEXT_HYPERVISOR
            || mark == CONTEXT_GUEST
            || mark == CONTEXT_GUEST_KERNEL
            || mark == CONTEXT_GUEST_USER;
    return other ? MODE_OTHER : MODE_BROKEN;
  }

  /**
   * Whether the chain ran into a value that is no address, as chains by frame pointer do in code
   * built without; the frames before it are kept. perf shows no frame of such a chain.
   */
  public boolean chainBroken() {
    return depth() > 0 && chainBroken;
  }

  private Site site(int index) {
    return symbolizer.site(addresses[index], modes[index], task);
  }

  @Override
  public Frame frame(int index) {
    if (index == 0 && depth == 0 && layout.ipOffset != ABSENT) {
      return symbolizer.site(word(layout.ipOffset), cpuMode, task).frame();
    }
    return site(Objects.checkIndex(index, depth())).frame();
  }

  @Override
  public long address(int index) {
    return addresses[Objects.checkIndex(index, depth())];
  }
}
