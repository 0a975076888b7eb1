package besser.bes2600.station;

import java.util.ArrayList;
import java.util.List;

/**
 * Named counters of every part of the simulation, in a fixed order: {@code driver.}, {@code card.},
 * {@code air.}, {@code tcp.}, {@code host.}.
 *
 * @param entries name and value
 */
public record StationCounters(List<Entry> entries) {
  /**
   * One counter.
   *
   * @param name such as {@code air.downlink.attempts}
   * @param value counted so far, or during a step
   */
  public record Entry(String name, long value) {}

  public StationCounters {
    entries = List.copyOf(entries);
  }

  /**
   * The value of a counter.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public long get(String name) {
    for (Entry entry : entries) if (entry.name().equals(name)) return entry.value();
    throw new IllegalArgumentException("no counter " + name);
  }

  /** What was counted since {@code earlier}, a reading of the same station. */
  public StationCounters since(StationCounters earlier) {
    List<Entry> differences = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      Entry now = entries.get(i);
      differences.add(new Entry(now.name(), now.value() - earlier.entries.get(i).value()));
    }
    return new StationCounters(differences);
  }
}
