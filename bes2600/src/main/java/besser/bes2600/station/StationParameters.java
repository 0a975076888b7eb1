package besser.bes2600.station;

import besser.bes2600.air.AirParameters;
import besser.bes2600.card.FirmwareParameters;
import besser.bes2600.traffic.TrafficParameters;
import besser.kernel.inet.SocketReader;
import besser.kernel.inet.TcpSocketConfig;
import besser.kernel.machine.CostModel;
import besser.kernel.machine.SchedulerConfig;
import besser.kernel.mmc.DwMciConfig;
import besser.kernel.observe.SamplerConfig;
import java.util.List;

/**
 * Everything about a simulated device and its surroundings.
 *
 * @param cpus number of CPUs
 * @param hz {@code CONFIG_HZ}
 * @param costs what operations cost on its CPUs
 * @param scheduler the fair class
 * @param sampler the profile sampler
 * @param mmc the SDIO host controller and its bus
 * @param firmware the card
 * @param air channel and access point
 * @param traffic the stream to the device
 * @param socket the receiving TCP socket
 * @param output where the receiving program writes
 * @param background what else the device does
 * @param variation what differs between repetitions
 * @param faults none by default
 */
public record StationParameters(
    int cpus,
    int hz,
    CostModel costs,
    SchedulerConfig scheduler,
    SamplerConfig sampler,
    DwMciConfig mmc,
    FirmwareParameters firmware,
    AirParameters air,
    TrafficParameters traffic,
    TcpSocketConfig socket,
    SocketReader.Output output,
    BackgroundParameters background,
    VariationParameters variation,
    List<PlannedFault> faults) {
  public StationParameters {
    faults = List.copyOf(faults);
  }

  /** The same with other faults. */
  public StationParameters withFaults(List<PlannedFault> newFaults) {
    return new StationParameters(
        cpus,
        hz,
        costs,
        scheduler,
        sampler,
        mmc,
        firmware,
        air,
        traffic,
        socket,
        output,
        background,
        variation,
        newFaults);
  }

  /** The same with another stream. */
  public StationParameters withTraffic(TrafficParameters newTraffic) {
    return new StationParameters(
        cpus,
        hz,
        costs,
        scheduler,
        sampler,
        mmc,
        firmware,
        air,
        newTraffic,
        socket,
        output,
        background,
        variation,
        faults);
  }
}
