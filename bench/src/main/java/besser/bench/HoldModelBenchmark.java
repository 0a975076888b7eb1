package besser.bench;

import besser.kernel.event.EventQueue;
import besser.kernel.random.RandomStream;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.eventlist.EventList;
import umontreal.ssj.simevents.eventlist.Henriksen;
import umontreal.ssj.simevents.eventlist.SplayTree;

/**
 * The hold model (Vaucher and Duval, CACM 1975): with 1,000 events in flight, take the next and add
 * one at a random time behind it. One operation is one hold. Peers are the event lists of SSJ, a
 * simulation library, and the JDK's priority queue.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HoldModelBenchmark {
  private static final int IN_FLIGHT = 1_000;
  private static final int DELAYS = 1 << 14;

  private final long[] delays = new long[DELAYS];
  private int next;

  private EventQueue<Object> besser = new EventQueue<>();
  private PriorityQueue<Timed> priorityQueue = new PriorityQueue<>();
  private EventList henriksen = new Henriksen();
  private EventList splayTree = new SplayTree();

  /**
   * A simulator's event on the JDK's queue: time, and the order of adding where times are equal.
   */
  private record Timed(long time, long sequence) implements Comparable<Timed> {
    @Override
    public int compareTo(Timed other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  /** An event of SSJ; the hold model never runs it. */
  private static final class SsjEvent extends Event {
    void at(double time) {
      eventTime = time;
    }

    @Override
    public void actions() {
      throw new IllegalStateException("the hold model runs no events");
    }
  }

  @Setup
  public void fill() {
    RandomStream random = new RandomStream(1, "hold model");
    for (int i = 0; i < DELAYS; i++) {
      delays[i] = (long) (-1_000_000 * StrictMath.log1p(-random.nextDouble()));
    }
    besser = new EventQueue<>();
    priorityQueue = new PriorityQueue<>();
    henriksen = new Henriksen();
    splayTree = new SplayTree();
    for (int i = 0; i < IN_FLIGHT; i++) {
      long time = delays[i];
      besser.add(time, this);
      priorityQueue.add(new Timed(time, i));
      addTo(henriksen, (double) time);
      addTo(splayTree, (double) time);
    }
  }

  private static void addTo(EventList list, double time) {
    SsjEvent event = new SsjEvent();
    event.at(time);
    list.add(event);
  }

  private long delay() {
    next = (next + 1) & (DELAYS - 1);
    return delays[next];
  }

  @Benchmark
  public long besser() {
    long now = besser.nextTimeNanos();
    Object payload = besser.poll();
    return besser.add(now + delay(), payload);
  }

  @Benchmark
  public long javaPriorityQueue() {
    Timed first = priorityQueue.remove();
    Timed again = new Timed(first.time + delay(), first.sequence + IN_FLIGHT);
    priorityQueue.add(again);
    return again.time;
  }

  @Benchmark
  public Event ssjHenriksen() {
    return hold(henriksen);
  }

  @Benchmark
  public Event ssjSplayTree() {
    return hold(splayTree);
  }

  private Event hold(EventList list) {
    SsjEvent event = (SsjEvent) list.removeFirst();
    event.at(event.time() + (double) delay());
    list.add(event);
    return event;
  }
}
