package besser.trace.export;

import besser.trace.Frame;
import besser.trace.Sample;
import java.util.List;

/** A sample made up for a test; the chain is given from the innermost frame. */
record StubSample(
    String eventName,
    long timeNanos,
    int cpu,
    int pid,
    int tid,
    String comm,
    long period,
    List<Frame> frames)
    implements Sample {

  static final Frame RX_WORK = new Frame("rx_work", "[bes2600]", Frame.Space.KERNEL);
  static final Frame WORKER = new Frame("worker_thread", Frame.KERNEL_MODULE, Frame.Space.KERNEL);
  static final Frame MAIN = new Frame("main;\"x\"", "/bin/app", Frame.Space.USER);

  static StubSample of(int tid, String comm, long timeNanos, Frame... frames) {
    return new StubSample("cpu-clock", timeNanos, 1, tid, tid, comm, 250_000, List.of(frames));
  }

  @Override
  public boolean idle() {
    return false;
  }

  @Override
  public int depth() {
    return frames.size();
  }

  @Override
  public Frame frame(int index) {
    return frames.get(index);
  }

  @Override
  public long address(int index) {
    return 0;
  }
}
