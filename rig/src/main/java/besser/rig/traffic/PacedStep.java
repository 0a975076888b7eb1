package besser.rig.traffic;

import besser.rig.linux.TcpInfo;
import besser.rig.linux.ThreadTiming;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** One step being sent: the loop that holds the cap. */
final class PacedStep {
  private static final double DEPTH_NANOS = 500e6;
  private static final double BURST_NANOS = 20e6;
  private static final long GRACE_NANOS = 50_000_000;
  private static final long LOOK_NANOS = 100_000_000;
  private static final long SAMPLE_NANOS = 1_000_000_000;
  private static final long DRAIN_NANOS = 5_000_000_000L;

  private final TrafficStep step;
  private final Outlet outlet;
  private final TrafficWatch watch;
  private final long silenceNanos;
  private final TokenBucket cap;
  private final TokenBucket peak;
  private final ByteBins bins = new ByteBins();
  private final List<TcpSample> tcp = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final long wanted;
  private final long durationNanos;

  private Instant startedAt = Instant.EPOCH;
  private long started;
  private long now;
  private long bytes;
  private long writes;
  private long nextLook;
  private long nextSample;
  private long worstLate;
  private boolean held;
  private double heldNanos;
  private double lostBySenderNanos;
  private long lastProgress;
  private long lastAcked;

  PacedStep(TrafficStep step, Outlet outlet, TrafficWatch watch, Duration silenceLimit) {
    this.step = step;
    this.outlet = outlet;
    this.watch = watch;
    this.silenceNanos = silenceLimit.toNanos();
    this.cap = new TokenBucket(step.bytesPerSecond(), DEPTH_NANOS);
    this.peak = new TokenBucket(step.bytesPerSecond() * SenderOptions.PEAK, BURST_NANOS);
    this.wanted = step.wantedBytes();
    this.durationNanos = step.duration().toNanos();
  }

  /** Adds to what is said about the step. */
  void note(String text) {
    notes.add(text);
  }

  SentTraffic run() {
    ThreadTiming.wakeExactly().ifPresent(notes::add);
    long cpu = ThreadTiming.cpuNanos();
    startedAt = Instant.now();
    started = System.nanoTime();
    TrafficEnd end = sendAll();
    final double seconds = now / 1e9;
    if (end instanceof TrafficEnd.Completed) outlet.drain(DRAIN_NANOS);
    outlet.tcpInfo().ifPresent(i -> tcp.add(new TcpSample(seconds, i)));
    notes.addAll(outlet.notes());
    return new SentTraffic(
        step,
        startedAt,
        started,
        seconds,
        bytes,
        writes,
        bins.series(),
        end,
        shortfall(end),
        worstLate,
        (ThreadTiming.cpuNanos() - cpu) / 1e9,
        tcp,
        notes);
  }

  private TrafficEnd sendAll() {
    try {
      while (true) {
        now = System.nanoTime() - started;
        Optional<TrafficEnd> end = look();
        if (end.isPresent()) return end.get();
        if (bytes >= wanted || now >= durationNanos + GRACE_NANOS) {
          return new TrafficEnd.Completed();
        }
        double due = Math.max(cap.dueNanos(), peak.dueNanos());
        if (due > now) {
          park(Math.min((long) Math.ceil(due) - now, nextLook - now));
        } else {
          offer();
        }
      }
    } catch (IOException e) {
      return new TrafficEnd.PeerGone(now / 1e9, String.valueOf(e.getMessage()));
    }
  }

  private void park(long nanos) {
    LockSupport.parkNanos(nanos);
  }

  /** Something is due: hands it to the kernel, or waits for room. */
  private void offer() throws IOException {
    runOver();
    int chunk = (int) Math.min(outlet.chunkBytes(), wanted - bytes);
    int taken = outlet.write(chunk);
    if (taken == 0) {
      awaitRoom();
      return;
    }
    if (!held) worstLate = Math.max(worstLate, now - (long) cap.dueNanos());
    bins.add(now, taken);
    bytes += taken;
    writes++;
    cap.take(taken);
    peak.take(taken);
    if (cap.dueNanos() >= now) {
      held = false;
      heldNanos = 0;
    }
  }

  private void awaitRoom() throws IOException {
    long before = System.nanoTime();
    outlet.awaitRoom(LOOK_NANOS);
    held = true;
    heldNanos += System.nanoTime() - before;
  }

  private void runOver() {
    peak.overflowNanos(now);
    double over = cap.overflowNanos(now);
    double byPath = Math.min(over, heldNanos);
    heldNanos -= byPath;
    lostBySenderNanos += over - byPath;
  }

  /**
   * What was due until the end and is not sent. What is overdue at the end was held up by whatever
   * held the sender up last.
   */
  private Shortfall shortfall(TrafficEnd end) {
    long due =
        end instanceof TrafficEnd.Completed ? wanted : Math.min(wanted, cap.bytesIn((double) now));
    long missing = Math.max(0, due - bytes);
    double overdue = Math.max(0, Math.min(now, durationNanos) - cap.dueNanos());
    double sender = lostBySenderNanos + Math.max(0, overdue - heldNanos);
    long bySender = Math.min(missing, cap.bytesIn(sender));
    return new Shortfall(missing - bySender, bySender);
  }

  private Optional<TrafficEnd> look() {
    if (now < nextLook) return Optional.empty();
    nextLook = (now / LOOK_NANOS + 1) * LOOK_NANOS;
    if (Thread.interrupted() || watch.stopRequested()) {
      return Optional.of(new TrafficEnd.Stopped(now / 1e9));
    }
    if (now >= nextSample) {
      nextSample = (now / SAMPLE_NANOS + 1) * SAMPLE_NANOS;
      watch.at(now / 1e9, bytes);
      Optional<TcpInfo> info = outlet.tcpInfo();
      info.ifPresent(i -> tcp.add(new TcpSample(now / 1e9, i)));
      noteProgress(info);
    }
    if (step.transport() == Transport.TCP && now - lastProgress > silenceNanos) {
      double from = lastProgress / 1e9;
      return Optional.of(new TrafficEnd.Silent(from, (now - lastProgress) / 1e9));
    }
    return Optional.empty();
  }

  /**
   * By what the peer acknowledged, or where the kernel cannot be asked, by what the kernel took.
   */
  private void noteProgress(Optional<TcpInfo> info) {
    long acked = info.map(TcpInfo::ackedBytes).orElse(bytes);
    boolean nothingOut = info.isPresent() && info.get().unackedSegments() == 0;
    if (acked > lastAcked || nothingOut) lastProgress = now;
    lastAcked = acked;
  }
}
