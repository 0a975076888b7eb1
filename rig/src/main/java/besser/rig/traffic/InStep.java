package besser.rig.traffic;

import java.util.ArrayList;
import java.util.List;

/**
 * What a receiver counted, cut at the step's end: {@code series} and {@code behindBytes} together
 * are all that it counted, so that an interface's counters from before the load to behind it can be
 * held against them.
 *
 * <p>Of a load that was offered in full, what comes in the first interval behind the end is the
 * last interval's: it was due before the end, and late by no more than the sender's or the
 * receiver's wake-up, or by what a device that counts once a second can tell. Where the path took
 * less than was offered, the cut is sharp: what waits on the path at the end has not arrived in the
 * step.
 *
 * @param series of the step's intervals
 * @param behindBytes that came behind the step
 */
public record InStep(ByteSeries series, long behindBytes) {
  static InStep of(SentTraffic sent, ReceivedTraffic received, OfferedLoad.Rate rate) {
    ByteSeries all = received.series();
    ByteSeries sharp = all.first(sent.step().seconds());
    int intervals = sharp.bytes().size();
    List<Long> bytes = new ArrayList<>(sharp.bytes());
    if (rate == OfferedLoad.Rate.MET && intervals > 0 && all.bytes().size() > intervals) {
      bytes.set(intervals - 1, bytes.getLast() + all.bytes().get(intervals));
    }
    ByteSeries series = new ByteSeries(all.intervalSeconds(), bytes);
    return new InStep(series, received.totalBytes() - series.totalBytes());
  }
}
