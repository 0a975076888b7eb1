package besser.bes2600.station;

import besser.bes2600.air.AccessPoint;
import besser.bes2600.air.AirParameters;
import besser.bes2600.air.BlockAckSender;
import besser.bes2600.air.LossProcess;
import besser.bes2600.air.Medium;
import besser.bes2600.card.Firmware;
import besser.bes2600.driver.Bes2600;
import besser.bes2600.driver.Bss;
import besser.bes2600.driver.ForceClose;
import besser.bes2600.driver.Variant;
import besser.bes2600.driver.WakeupLine;
import besser.bes2600.environment.FaultKind;
import besser.bes2600.environment.Faults;
import besser.bes2600.traffic.TrafficParameters;
import besser.bes2600.traffic.WiredHost;
import besser.kernel.background.BackgroundLoad;
import besser.kernel.fiber.FiberBackend;
import besser.kernel.inet.IpLayer;
import besser.kernel.inet.SocketReader;
import besser.kernel.inet.TcpSocket;
import besser.kernel.inet.UdpSocket;
import besser.kernel.mac80211.Mac80211;
import besser.kernel.mac80211.Mac80211Config;
import besser.kernel.mac80211.MacAddress;
import besser.kernel.mac80211.QosDataFrame;
import besser.kernel.machine.Fault;
import besser.kernel.machine.LogLine;
import besser.kernel.machine.Machine;
import besser.kernel.machine.MachineConfig;
import besser.kernel.mmc.SdioSlot;
import besser.kernel.net.SkBuffs;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One simulated device: built, booted, then put under one step of load after the other until the
 * ramp or the link ends.
 *
 * <p>The same parameters, variant and seed give the same event-stream hash and the same figures.
 * Observers, tracepoints and the profile of {@link #machine} are attached before {@link #boot}.
 */
public final class SimulatedStation {
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final int BOOT_SECONDS = 30;
  private static final int LOG_LINES = 40;
  private static final int FIRST_BACKGROUND_IRQ = 200;
  private static final int CHANNEL = 6;
  // net.core.rmem_default of Linux.
  private static final int UDP_BUFFER_BYTES = 212_992;
  private static final int DEAUTH_INACTIVITY = 4;
  private static final MacAddress STATION = new MacAddress(0x02_00_00_00_00_02L);
  private static final MacAddress BSSID = new MacAddress(0x02_00_00_00_00_01L);
  private static final MacAddress PEER = new MacAddress(0x02_00_00_00_00_03L);

  private final StationParameters parameters;
  private final Conditions conditions;
  private final FaultSchedule faults;
  private final Machine machine;
  private final Firmware card;
  private final Medium medium;
  private final AccessPoint accessPoint;
  private final BlockAckSender uplink;
  private final WiredHost sender;
  private final Mac80211 mac80211;
  private final Bes2600 driver;
  private final IpLayer ip;
  private final Optional<TcpSocket> tcp;
  private final SocketReader reader;
  private Optional<String> bootResult = Optional.empty();
  private Optional<LinkDeath> linkDeath = Optional.empty();

  /** A device that is switched off. */
  public SimulatedStation(StationParameters parameters, Variant variant, long seed) {
    this(parameters, variant, seed, FiberBackend.fastest());
  }

  /** The same, on a given fiber backend. */
  public SimulatedStation(
      StationParameters parameters, Variant variant, long seed, FiberBackend fibers) {
    this.parameters = parameters;
    this.conditions = Conditions.draw(parameters.air(), parameters.variation(), seed);
    this.faults = new FaultSchedule(parameters.faults(), seed);
    this.machine = new Machine(config(seed, fibers));
    faults.follow(machine.hardware()::nowNanos);
    machine.attachNet(new SkBuffs(machine));

    MachineEnvironment environment = new MachineEnvironment(machine.hardware());
    AirParameters air = conditions.applyTo(parameters.air());
    SlotHolder slotHolder = new SlotHolder();
    this.card =
        new Firmware(
            environment, parameters.firmware(), air, BSSID, slotHolder::interrupt, askSchedule());
    SdioSlot slot = new SdioSlot(machine, parameters.mmc(), card);
    slotHolder.slot = Optional.of(slot);

    this.medium = new Medium(environment);
    LossProcess loss = new LossProcess(air.loss(), environment.random("channel"));
    QosDataFrame.Route route = new QosDataFrame.Route(STATION, BSSID, PEER);
    AirHolder airHolder = new AirHolder();
    this.sender = new WiredHost(environment, parameters.traffic(), airHolder::toDevice);
    this.accessPoint =
        new AccessPoint(
            environment,
            medium,
            air,
            loss,
            route,
            sender::fromBridge,
            card.receiver(),
            card.beacons());
    airHolder.accessPoint = Optional.of(accessPoint);
    this.uplink =
        new BlockAckSender(
            environment,
            medium,
            "station",
            air.uplink(),
            loss,
            accessPoint.uplink(),
            card::settled);
    card.attachUplink(uplink);

    this.ip = new IpLayer(machine.kernel(), parameters.traffic().device());
    this.mac80211 = new Mac80211(machine, Mac80211Config.station(route), ip);
    ip.attach(mac80211);
    Bes2600.Config driverConfig =
        new Bes2600.Config(
            variant,
            machine.hardware().random("bes2600"),
            WakeupLine.unconnected(),
            parameters.cpus());
    this.driver = new Bes2600(machine.kernel(), slot.function(), mac80211, driverConfig);
    mac80211.registerHw(driver::tx);
    Receiver receiver = Receiver.of(machine, ip, parameters);
    this.tcp = receiver.tcp();
    this.reader = receiver.reader();
    BackgroundLoad.start(
        machine, parameters.background().sources(parameters.cpus()), FIRST_BACKGROUND_IRQ);
  }

  private MachineConfig config(long seed, FiberBackend fibers) {
    return new MachineConfig(
        seed,
        parameters.cpus(),
        parameters.hz(),
        fibers,
        parameters.costs(),
        faults,
        parameters.scheduler(),
        parameters.sampler());
  }

  private Faults askSchedule() {
    if (faults.isEmpty()) return Faults.NONE;
    Map<FaultKind, Fault> questions = new EnumMap<>(FaultKind.class);
    for (FaultKind kind : FaultKind.values()) questions.put(kind, kind.fault());
    return kind -> machine.hardware().occurs(questions.getOrDefault(kind, kind.fault()));
  }

  /** The machine: observers, tracepoints, profile, log, event hash. */
  public Machine machine() {
    return machine;
  }

  /** The conditions that this repetition has. */
  public Conditions conditions() {
    return conditions;
  }

  /**
   * Probes the driver, joins the access point and opens the stream, at no load.
   *
   * @throws StationFailure when that does not succeed
   */
  public void boot() {
    machine.boot(this::bringUp);
    for (int i = 1; i <= BOOT_SECONDS && bootResult.isEmpty(); i++) {
      machine.runUntil(i * SECOND_NANOS);
    }
    String result = bootResult.orElse("no answer within " + BOOT_SECONDS + " s");
    if (!result.isEmpty()) {
      throw new StationFailure("the driver did not come up: " + result, logTail());
    }
    sender.open();
    runSecond();
  }

  /**
   * The step of a station whose {@link #boot} has failed: offline from its first moment, nothing
   * offered, nothing received.
   */
  public StepResult offlineStep(Load load, StationFailure why) {
    long now = machine.nowNanos();
    LinkDeath death = new LinkDeath(now, why.reason(), lastLog());
    linkDeath = Optional.of(death);
    StationCounters counters = counters();
    return new StepResult(load, now, 0, List.of(), Optional.of(death), counters.since(counters));
  }

  private String logTail() {
    StringBuilder text = new StringBuilder();
    for (LogLine line : lastLog()) text.append("\n  ").append(line);
    return text.toString();
  }

  private void bringUp() {
    Bss bss =
        new Bss(
            BSSID.bits(),
            CHANNEL,
            parameters.air().beacons().intervalTimeUnits(),
            parameters.air().beacons().dtimPeriod(),
            1,
            true);
    driver.probe();
    int error = driver.start();
    if (error != 0) {
      bootResult = Optional.of("start failed with " + error);
      return;
    }
    driver.addInterface(STATION.bits());
    error = driver.join(bss);
    if (error == 0) error = driver.associate(bss);
    if (error == 0) driver.gotIpAddress();
    bootResult = Optional.of(error == 0 ? "" : "join failed with " + error);
  }

  /** Starts the clock of planned faults; called by the first step. */
  private void beginFaults() {
    faults.begin();
    for (PlannedFault fault : faults.events()) {
      machine.hardware().after(fault.fromNanos(), () -> strike(fault.kind()));
    }
  }

  private void strike(FaultKind kind) {
    if (kind == FaultKind.FIRMWARE_HANG) card.hang();
    if (kind == FaultKind.ACCESS_POINT_DROP) accessPoint.dropStation(DEAUTH_INACTIVITY);
  }

  /**
   * Runs one step.
   *
   * @throws IllegalStateException when the station is offline already
   */
  public StepResult runStep(Load load, StepWatcher watcher) {
    if (linkDeath.isPresent()) throw new IllegalStateException("the station is offline");
    if (!faults.hasBegun()) beginFaults();
    long start = machine.nowNanos();
    StationCounters before = counters();
    sender.offer(load.offeredBytesPerSecond());
    int seconds = Math.max(1, (int) Math.round(load.seconds()));
    int done = 0;
    boolean goOn = true;
    while (goOn && done < seconds && linkDeath.isEmpty()) {
      runSecond();
      done++;
      linkDeath = findDeath();
      goOn = watcher.second(done);
    }
    int first = (int) (start / SECOND_NANOS);
    List<Long> goodput = new ArrayList<>(done);
    for (long bytes : reader.goodput().perSecond(first, first + done)) goodput.add(bytes);
    return new StepResult(load, start, done, goodput, linkDeath, counters().since(before));
  }

  private void runSecond() {
    long second = machine.nowNanos() / SECOND_NANOS + 1;
    machine.runUntil(second * SECOND_NANOS);
  }

  private Optional<LinkDeath> findDeath() {
    List<ForceClose> closes = driver.forceCloses();
    if (!closes.isEmpty()) {
      ForceClose first = closes.getFirst();
      return Optional.of(new LinkDeath(first.atNanos(), first.reason().text(), lastLog()));
    }
    if (!mac80211.isConnected()) {
      return Optional.of(new LinkDeath(machine.nowNanos(), mac80211.leaveReason(), lastLog()));
    }
    return Optional.empty();
  }

  private List<LogLine> lastLog() {
    List<LogLine> log = machine.log();
    return log.subList(Math.max(0, log.size() - LOG_LINES), log.size());
  }

  /** Whether the link has died. */
  public boolean isOffline() {
    return linkDeath.isPresent();
  }

  /** Every counter of every part, since the device was built. */
  public StationCounters counters() {
    return CounterReading.of(this);
  }

  Firmware card() {
    return card;
  }

  Medium medium() {
    return medium;
  }

  AccessPoint accessPoint() {
    return accessPoint;
  }

  BlockAckSender uplink() {
    return uplink;
  }

  WiredHost sender() {
    return sender;
  }

  Mac80211 mac80211() {
    return mac80211;
  }

  Bes2600 driver() {
    return driver;
  }

  Optional<TcpSocket> tcp() {
    return tcp;
  }

  SocketReader reader() {
    return reader;
  }

  // The card is built before the slot that carries its interrupt, and the wired host before the
  // access point that carries its packets.
  private static final class SlotHolder {
    private Optional<SdioSlot> slot = Optional.empty();

    void interrupt(boolean asserted) {
      slot.ifPresent(s -> s.setCardInterrupt(asserted));
    }
  }

  private static final class AirHolder {
    private Optional<AccessPoint> accessPoint = Optional.empty();

    boolean toDevice(byte[] packet, int length) {
      return accessPoint.map(ap -> ap.fromWire(packet, length)).orElse(false);
    }
  }

  /** The receiving socket and the program that reads it. */
  private record Receiver(Optional<TcpSocket> tcp, SocketReader reader) {
    static Receiver of(Machine machine, IpLayer ip, StationParameters parameters) {
      TrafficParameters traffic = parameters.traffic();
      return switch (traffic.transport()) {
        case TCP -> {
          TcpSocket socket = new TcpSocket(machine, ip, parameters.socket());
          yield new Receiver(
              Optional.of(socket), SocketReader.start(machine, socket, parameters.output()));
        }
        case UDP -> {
          UdpSocket socket = new UdpSocket(machine, ip, traffic.port(), UDP_BUFFER_BYTES);
          yield new Receiver(
              Optional.empty(), SocketReader.start(machine, socket, parameters.output()));
        }
      };
    }
  }
}
