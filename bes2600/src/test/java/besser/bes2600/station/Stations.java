package besser.bes2600.station;

import besser.bes2600.air.AirParameters;
import besser.bes2600.air.BeaconParameters;
import besser.bes2600.air.LinkParameters;
import besser.bes2600.air.LossParameters;
import besser.bes2600.card.FirmwareParameters;
import besser.bes2600.environment.FaultKind;
import besser.bes2600.traffic.CongestionControl;
import besser.bes2600.traffic.TcpParameters;
import besser.bes2600.traffic.TrafficParameters;
import besser.kernel.inet.Ipv4Address;
import besser.kernel.inet.SocketReader;
import besser.kernel.inet.TcpSocketConfig;
import besser.kernel.machine.CostModel;
import besser.kernel.machine.SchedulerConfig;
import besser.kernel.mmc.DwMciConfig;
import besser.kernel.mmc.MmcTiming;
import besser.kernel.observe.SamplerConfig;
import besser.kernel.random.Distribution;
import java.util.List;

/** A small device on a good channel, for tests. */
final class Stations {
  private static final long SECOND = 1_000_000_000;
  private static final int PORT = 5001;

  private Stations() {}

  static StationParameters good() {
    return new StationParameters(
        2,
        250,
        CostModel.fixed(200),
        SchedulerConfig.linux(),
        SamplerConfig.arm64(),
        DwMciConfig.pinetab2(
            MmcTiming.sdr104(Distribution.fixed(4_000), Distribution.fixed(1_000))),
        firmware(),
        air(),
        traffic(TrafficParameters.Transport.TCP),
        TcpSocketConfig.linux(PORT),
        SocketReader.Output.NULL,
        new BackgroundParameters(20, 20),
        new VariationParameters(0.1, 0.1),
        List.of());
  }

  private static FirmwareParameters firmware() {
    return new FirmwareParameters(
        15,
        32,
        26112,
        Distribution.fixed(80_000),
        Distribution.fixed(80_000),
        Distribution.fixed(300_000),
        Distribution.fixed(120_000),
        8,
        200_000,
        1_500_000,
        20_000_000,
        SECOND,
        true,
        -60);
  }

  private static AirParameters air() {
    LinkParameters link = new LinkParameters(5, 10, 16, 32767, 256, 2 * SECOND, 3, 15, 1023);
    LossParameters loss = new LossParameters(0.02, 0.3, SECOND, SECOND / 20, 0.01);
    return new AirParameters(
        link, link, loss, new BeaconParameters(100, 3, 300, 5), 2, 0.1, 1_500_000);
  }

  static TrafficParameters traffic(TrafficParameters.Transport transport) {
    return new TrafficParameters(
        transport,
        Ipv4Address.of(192, 168, 178, 20),
        Ipv4Address.of(192, 168, 178, 30),
        PORT,
        new TcpParameters(CongestionControl.Algorithm.CUBIC, 1448, 1 << 20, 200_000_000),
        65536,
        300_000);
  }

  static StationParameters withFault(FaultKind kind, double from, double until, double chance) {
    PlannedFault fault =
        new PlannedFault(
            kind, Math.round(from * 1e9), Math.round(until * 1e9), chance, Long.MAX_VALUE);
    return good().withFaults(List.of(fault));
  }
}
