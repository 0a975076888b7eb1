package besser.forecast.profile;

import besser.bes2600.air.AirParameters;
import besser.bes2600.air.BeaconParameters;
import besser.bes2600.air.LinkParameters;
import besser.bes2600.air.LossParameters;
import besser.bes2600.card.FirmwareParameters;
import besser.bes2600.station.BackgroundParameters;
import besser.bes2600.station.PlannedFault;
import besser.bes2600.station.StationParameters;
import besser.bes2600.station.VariationParameters;
import besser.bes2600.traffic.CongestionControl;
import besser.bes2600.traffic.TcpParameters;
import besser.bes2600.traffic.TrafficParameters;
import besser.kernel.inet.Ipv4Address;
import besser.kernel.inet.SocketReader;
import besser.kernel.inet.TcpSocketConfig;
import besser.kernel.machine.SchedulerConfig;
import besser.kernel.mmc.DwMciConfig;
import besser.kernel.mmc.MmcTiming;
import besser.kernel.observe.SamplerConfig;
import besser.kernel.random.Distribution;
import java.util.List;
import java.util.Locale;

/** Turns a profile into the parameters of a simulated station. */
public final class StationMapping {
  private static final int PORT = 5001;
  private static final int MMC_IRQ = 45;
  private static final int MMC_CPU = 0;

  private final Profile profile;

  private StationMapping(Profile profile) {
    this.profile = profile;
  }

  /**
   * The station that a profile describes.
   *
   * @param repetition counted from 1; faults of other repetitions are left out
   */
  public static StationParameters of(Profile profile, int repetition) {
    return new StationMapping(profile).station(repetition);
  }

  private StationParameters station(int repetition) {
    return new StationParameters(
        profile.integer("machine.cpus"),
        profile.integer("machine.hz"),
        new ProfileCosts(profile),
        SchedulerConfig.linux(),
        new SamplerConfig(
            profile.integer("machine.sampler_frequency"), SamplerConfig.Event.CPU_CLOCK, true),
        mmc(),
        firmware(),
        air(),
        traffic(),
        new TcpSocketConfig(
            PORT,
            profile.integer("receiver.initial_buffer"),
            profile.integer("receiver.max_buffer"),
            1460),
        enumOf("receiver.output", SocketReader.Output.class),
        new BackgroundParameters(
            profile.number("background.work_items"), profile.number("background.desktop_wakeups")),
        new VariationParameters(
            profile.number("variation.other_load"), profile.number("variation.loss")),
        faults(repetition));
  }

  private DwMciConfig mmc() {
    MmcTiming timing =
        new MmcTiming(
            profile.integer("mmc.clock"),
            profile.integer("mmc.width"),
            profile.integer("mmc.command_clocks"),
            profile.integer("mmc.block_clocks"),
            micros("mmc.command_overhead"),
            micros("mmc.block_overhead"),
            micros("mmc.dma_lag"));
    return new DwMciConfig(
        "mmc2",
        MMC_IRQ,
        MMC_CPU,
        enumOf("mmc.bottom_half", DwMciConfig.BottomHalf.class),
        profile.integer("mmc.max_block_count"),
        profile.integer("mmc.tuning_blocks"),
        timing);
  }

  private FirmwareParameters firmware() {
    return new FirmwareParameters(
        profile.integer("card.input_buffers"),
        profile.integer("card.receive_buffers"),
        profile.integer("card.transfer_bytes"),
        micros("card.rx_frame"),
        micros("card.tx_frame"),
        micros("card.command"),
        micros("card.announce"),
        profile.integer("card.confirm_frames"),
        profile.millisAsNanos("card.confirm_delay"),
        profile.millisAsNanos("card.subsystem_wake"),
        profile.millisAsNanos("card.startup"),
        profile.millisAsNanos("card.scan"),
        profile.choice("card.beacons").equals("dtim"),
        profile.integer("card.signal"));
  }

  private AirParameters air() {
    return new AirParameters(
        link("air.downlink."),
        link("air.uplink."),
        new LossParameters(
            profile.number("air.loss.good"),
            profile.number("air.loss.bad"),
            profile.millisAsNanos("air.loss.good_time"),
            profile.millisAsNanos("air.loss.bad_time"),
            profile.number("air.loss.ppdu")),
        new BeaconParameters(
            profile.integer("air.beacons.interval"),
            profile.integer("air.beacons.dtim_period"),
            profile.integer("air.beacons.frame_bytes"),
            profile.integer("air.beacons.robust_steps")),
        profile.integer("air.others.stations"),
        profile.number("air.others.load"),
        profile.microsAsNanos("air.others.burst"));
  }

  private LinkParameters link(String prefix) {
    return new LinkParameters(
        profile.integer(prefix + "mcs"),
        profile.integer(prefix + "retry_limit"),
        profile.integer(prefix + "aggregate_frames"),
        profile.integer(prefix + "aggregate_bytes"),
        profile.integer(prefix + "queue_frames"),
        profile.millisAsNanos(prefix + "lifetime"),
        profile.integer(prefix + "aifs_slots"),
        profile.integer(prefix + "cw_min"),
        profile.integer(prefix + "cw_max"));
  }

  private TrafficParameters traffic() {
    return new TrafficParameters(
        enumOf("traffic.transport", TrafficParameters.Transport.class),
        Ipv4Address.of(192, 168, 178, 20),
        Ipv4Address.of(192, 168, 178, 30),
        PORT,
        new TcpParameters(
            enumOf("traffic.algorithm", CongestionControl.Algorithm.class),
            profile.integer("traffic.segment"),
            profile.integer("traffic.send_buffer"),
            profile.millisAsNanos("traffic.min_rto")),
        profile.integer("traffic.burst"),
        profile.millisAsNanos("traffic.lan_delay"));
  }

  private List<PlannedFault> faults(int repetition) {
    return profile.faults().stream()
        .filter(f -> f.repetition().isEmpty() || f.repetition().get() == repetition)
        .map(
            f ->
                new PlannedFault(
                    f.kind(),
                    nanos(f.fromSeconds()),
                    nanos(f.untilSeconds()),
                    f.probability(),
                    f.count()))
        .toList();
  }

  private static long nanos(double seconds) {
    return seconds > 1e9 ? Long.MAX_VALUE : Math.round(seconds * 1e9);
  }

  private Distribution micros(String name) {
    Parameter parameter = profile.parameter(name);
    return Distribution.lognormal(Math.round(parameter.value() * 1000), parameter.spread());
  }

  // Choices are written in lower case with hyphens, constants in upper case with underscores.
  private <E extends Enum<E>> E enumOf(String name, Class<E> type) {
    return Enum.valueOf(type, profile.choice(name).toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
