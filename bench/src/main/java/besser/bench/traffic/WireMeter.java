package besser.bench.traffic;

import besser.rig.linux.InterfaceTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Reads the receiving interface's counters every 100 ms, whoever sends. */
final class WireMeter implements AutoCloseable {
  private static final long INTERVAL_NANOS = 100_000_000;

  private record Reading(long nanos, long bytes, long packets) {}

  private final List<Reading> readings = new ArrayList<>();
  private final Thread thread;
  private volatile boolean ended;

  WireMeter(Wire wire) {
    thread = Thread.ofPlatform().daemon().start(() -> inside(wire));
  }

  private void inside(Wire wire) {
    try {
      wire.receiver().call(this::read);
    } catch (IOException e) {
      throw new IllegalStateException("the meter cannot read", e);
    }
  }

  private boolean read() throws IOException {
    long start = System.nanoTime();
    for (int i = 0; !ended; i++) {
      long due = start + i * INTERVAL_NANOS;
      while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
      InterfaceTable.Counters c = InterfaceTable.of(Wire.address()).orElseThrow();
      readings.add(new Reading(System.nanoTime(), c.rxBytes(), c.rxPackets()));
    }
    return true;
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Payload bytes a second in each interval between the first and the last with traffic, both and
   * their four neighbours left out: connections are opened and closed there.
   *
   * @param headerBytes of each packet, from Ethernet's to TCP's or UDP's
   */
  List<Double> steadyRates(int headerBytes) {
    List<Double> rates = new ArrayList<>();
    for (int i = 1; i < readings.size(); i++) {
      Reading a = readings.get(i - 1);
      Reading b = readings.get(i);
      long payload = b.bytes - a.bytes - (b.packets - a.packets) * headerBytes;
      rates.add(payload * 1e9 / (b.nanos - a.nanos));
    }
    double busy = rates.stream().mapToDouble(Double::doubleValue).max().orElse(0) / 10;
    int first = 0;
    while (first < rates.size() && rates.get(first) < busy) first++;
    int last = rates.size() - 1;
    while (last > first && rates.get(last) < busy) last--;
    return rates.subList(Math.min(first + 5, last), Math.max(first + 5, last - 4));
  }

  /** Payload of everything that came. */
  long payloadBytes(int headerBytes) {
    Reading a = readings.getFirst();
    Reading b = readings.getLast();
    return b.bytes - a.bytes - (b.packets - a.packets) * headerBytes;
  }
}
