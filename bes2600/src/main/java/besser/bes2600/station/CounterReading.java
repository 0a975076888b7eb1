package besser.bes2600.station;

import besser.bes2600.air.BlockAckSender;
import besser.bes2600.card.FirmwareCounters;
import besser.bes2600.driver.DriverCounters;
import besser.bes2600.traffic.TcpConnection;
import besser.bes2600.traffic.TcpSender;
import java.util.ArrayList;
import java.util.List;

/** Reads every counter of a station, always in the same order. */
final class CounterReading {
  private final List<StationCounters.Entry> entries = new ArrayList<>();

  private CounterReading() {}

  static StationCounters of(SimulatedStation station) {
    CounterReading reading = new CounterReading();
    reading.driver(station.driver().counters());
    reading.card(station.card().counters());
    reading.link("air.downlink", station.accessPoint().downlink());
    reading.link("air.uplink", station.uplink());
    reading.add("air.busy_ns", station.medium().busyNanos());
    reading.add("air.collisions", station.medium().collisions());
    reading.sender(station);
    reading.host(station);
    return new StationCounters(reading.entries);
  }

  private void add(String name, long value) {
    entries.add(new StationCounters.Entry(name, value));
  }

  private void driver(DriverCounters c) {
    add("driver.rx_transfers", c.rxTransfers());
    add("driver.rx_messages", c.rxMessages());
    add("driver.rx_frames", c.rxFrames());
    add("driver.rx_dropped", c.rxDropped());
    add("driver.length_reads", c.lengthReads());
    add("driver.zero_lengths", c.zeroLengths());
    add("driver.stale_lengths", c.staleLengths());
    add("driver.tx_frames", c.txFrames());
    add("driver.tx_failed", c.txFailed());
    add("driver.tx_requeued", c.txRequeued());
    add("driver.tx_software_retries", c.txSoftwareRetries());
    add("driver.tx_transfers", c.txTransfers());
    add("driver.wsm_commands", c.wsmCommands());
  }

  private void card(FirmwareCounters c) {
    add("card.transfers", c.transfers());
    add("card.messages", c.messages());
    add("card.repeats", c.repeats());
    add("card.frames_received", c.framesReceived());
    add("card.frames_refused", c.framesRefused());
    add("card.frames_to_send", c.framesToSend());
    add("card.commands", c.commands());
    add("card.credit_violations", c.creditViolations());
    add("card.sequence_errors", c.sequenceErrors());
    add("card.processor_busy_ns", c.processorBusyNanos());
  }

  private void link(String name, BlockAckSender link) {
    add(name + ".ppdus", link.ppdus());
    add(name + ".attempts", link.attempts());
    add(name + ".dropped_full", link.droppedFull());
    add(name + ".dropped_retries", link.droppedRetries());
    add(name + ".dropped_aged", link.droppedAged());
  }

  private void sender(SimulatedStation station) {
    var sender = station.sender().connection().flatMap(TcpConnection::sender);
    add("tcp.written_bytes", station.sender().offeredBytes());
    add("tcp.segments", sender.map(TcpSender::segmentsSent).orElse(0L));
    add("tcp.retransmissions", sender.map(TcpSender::retransmissions).orElse(0L));
    add("tcp.recoveries", sender.map(TcpSender::recoveries).orElse(0L));
    add("tcp.timeouts", sender.map(TcpSender::timeouts).orElse(0L));
  }

  private void host(SimulatedStation station) {
    add("host.goodput_bytes", station.reader().goodput().bytes());
    add("host.frames", station.mac80211().receivedDataFrames());
    add("host.duplicates", station.mac80211().receivedDuplicates());
    add("host.tx_frames", station.mac80211().transmittedFrames());
    add("host.tx_bytes", station.mac80211().transmittedBytes());
    add("host.tx_drops", station.mac80211().transmitDrops());
    add("host.acks", station.tcp().map(t -> t.counters().acksSent()).orElse(0L));
    add("host.out_of_order", station.tcp().map(t -> t.counters().outOfOrder()).orElse(0L));
  }
}
