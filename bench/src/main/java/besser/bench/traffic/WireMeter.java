package besser.bench.traffic;

import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.Field;
import besser.trace.LostEvents;
import besser.trace.dat.Compression;
import besser.trace.dat.TraceDat;
import besser.trace.dat.WriteOptions;
import besser.trace.record.EventChoice;
import besser.trace.record.Recorder;
import besser.trace.record.RecordingException;
import besser.trace.record.RecordingPlan;
import besser.trace.record.Tracefs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What reaches the receiving interface and when, by the kernel's own time stamps ({@code
 * net:netif_rx}), whoever sends: nothing polls beside the sender, and no wake-up is part of what is
 * measured.
 */
final class WireMeter implements AutoCloseable {
  private static final long INTERVAL_NANOS = 100_000_000;

  /** eth_type_trans has taken it off before the event. */
  private static final int ETHERNET_HEADER = 14;

  private final Path file = Files.createTempFile("besser-wire", ".dat");
  private final Recorder recorder;

  WireMeter(Wire wire) throws IOException, RecordingException {
    EventChoice arrivals =
        new EventChoice("net:netif_rx", "name == \"" + wire.interfaceName() + "\"");
    recorder = Recorder.prepare(Tracefs.mounted(), RecordingPlan.of(List.of(arrivals), List.of()));
    recorder.startToDisk(file);
  }

  /**
   * What came.
   *
   * @param payloadBytes of everything
   * @param steadyRates bytes a second in each interval between the first and the last with traffic,
   *     both and their four neighbours left out: connections are opened and closed there
   */
  record Arrivals(long payloadBytes, List<Double> steadyRates) {}

  /**
   * Ends the measurement.
   *
   * @param headerBytes of each packet, from Ethernet's to TCP's or UDP's
   */
  Arrivals stop(int headerBytes) throws IOException, RecordingException {
    Recorder.Outcome outcome = recorder.stop(WriteOptions.of(7, Compression.NONE));
    if (outcome.lost() > 0)
      throw new IOException("the meter lost %d events".formatted(outcome.lost()));
    Tally tally = new Tally(headerBytes - ETHERNET_HEADER);
    try (TraceDat recorded = TraceDat.open(file)) {
      recorded.buffers().getFirst().source().readInTimeOrder(tally);
    }
    return tally.arrivals();
  }

  @Override
  public void close() throws IOException {
    try {
      recorder.close();
    } catch (RecordingException e) {
      throw new IOException(e);
    }
    Files.deleteIfExists(file);
  }

  private static final class Tally implements EventSink {
    private final int headerBytes;
    private final List<Long> perInterval = new ArrayList<>();
    private long payload;
    private long startNanos;
    private Optional<EventFormat> format = Optional.empty();
    private Optional<Field> length = Optional.empty();

    Tally(int headerBytes) {
      this.headerBytes = headerBytes;
    }

    @Override
    public void event(Event event) {
      if (format.isEmpty()) startNanos = event.timeNanos();
      if (format.isEmpty() || format.get() != event.format()) {
        format = Optional.of(event.format());
        length = Optional.of(event.format().field("len"));
      }
      long bytes = Math.max(0, event.number(length.orElseThrow()) - headerBytes);
      int interval = (int) ((event.timeNanos() - startNanos) / INTERVAL_NANOS);
      while (perInterval.size() <= interval) perInterval.add(0L);
      perInterval.set(interval, perInterval.get(interval) + bytes);
      payload += bytes;
    }

    @Override
    public void lost(LostEvents lost) {
      throw new IllegalStateException("the meter lost events: " + lost);
    }

    Arrivals arrivals() {
      List<Double> rates = perInterval.stream().map(bytes -> bytes * 1e9 / INTERVAL_NANOS).toList();
      double busy = rates.stream().mapToDouble(Double::doubleValue).max().orElse(0) / 10;
      int first = 0;
      while (first < rates.size() && rates.get(first) < busy) first++;
      int last = rates.size() - 1;
      while (last > first && rates.get(last) < busy) last--;
      return new Arrivals(
          payload, rates.subList(Math.min(first + 5, last), Math.max(first + 5, last - 4)));
    }
  }
}
