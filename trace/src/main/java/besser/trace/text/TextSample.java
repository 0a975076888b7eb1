package besser.trace.text;

import besser.trace.Frame;
import besser.trace.IdleChains;
import besser.trace.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The sample that was read last; refilled for each. */
final class TextSample implements Sample {
  private static final Frame NO_FRAME =
      new Frame(Frame.UNKNOWN_SYMBOL, Frame.UNKNOWN_SYMBOL, Frame.Space.OTHER);

  private final List<Frame> frames = new ArrayList<>();
  private long[] addresses = new long[64];
  private String eventName = "";
  private String comm = "";
  private long timeNanos;
  private long period;
  private int cpu;
  private int pid;
  private int tid;
  private boolean direct;

  void begin(LineHead head, long itsPeriod, String itsEvent) {
    frames.clear();
    timeNanos = head.timeNanos();
    cpu = head.cpu();
    pid = head.pid();
    tid = head.tid();
    comm = head.comm();
    period = itsPeriod;
    eventName = itsEvent;
    direct = false;
  }

  /** Whether what was added stood on the sample's own line. */
  void setDirect(boolean isDirect) {
    direct = isDirect;
  }

  /** To be called when a chain follows after all: then it was the text of a tracepoint. */
  void dropDirect() {
    if (direct) {
      direct = false;
      frames.clear();
    }
  }

  void add(long address, Frame frame) {
    if (frames.size() == addresses.length) {
      addresses = Arrays.copyOf(addresses, 2 * addresses.length);
    }
    addresses[frames.size()] = address;
    frames.add(frame);
  }

  @Override
  public String eventName() {
    return eventName;
  }

  @Override
  public long timeNanos() {
    return timeNanos;
  }

  @Override
  public int cpu() {
    return cpu;
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  public int tid() {
    return tid;
  }

  @Override
  public String comm() {
    return comm;
  }

  @Override
  public long period() {
    return period;
  }

  @Override
  public boolean idle() {
    return tid == 0 && IdleChains.isIdle(this);
  }

  @Override
  public int depth() {
    return Math.max(frames.size(), 1);
  }

  @Override
  public Frame frame(int index) {
    return frames.isEmpty() ? noFrame(index) : frames.get(Objects.checkIndex(index, frames.size()));
  }

  private static Frame noFrame(int index) {
    Objects.checkIndex(index, 1);
    return NO_FRAME;
  }

  @Override
  public long address(int index) {
    return frames.isEmpty() ? 0 : addresses[Objects.checkIndex(index, frames.size())];
  }
}
