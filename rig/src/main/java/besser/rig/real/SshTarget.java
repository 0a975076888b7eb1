package besser.rig.real;

import besser.experiment.plan.DevicePlan;
import besser.rig.connection.Connection;
import besser.rig.connection.Janitor;
import besser.rig.connection.LocalConnection;
import besser.rig.connection.Output;
import besser.rig.connection.Shell;
import besser.rig.connection.SshAddress;
import besser.rig.connection.SshConnection;
import besser.rig.device.DeviceUnable;
import besser.rig.linux.NetworkNamespace;
import besser.rig.traffic.NetcatReceiver;
import besser.rig.traffic.PacedSender;
import besser.rig.traffic.Receiver;
import besser.rig.traffic.Sender;
import besser.rig.traffic.SenderOptions;
import besser.trace.record.TracedMachine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Another machine over ssh. The load is sent from here; the device receives with what it has. */
final class SshTarget implements Target {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final SshConnection connection;
  private final Janitor janitor;
  private final LocalConnection here = LocalConnection.here();
  private final Janitor senderJanitor = new Janitor(here);
  private final TracedMachine machine;
  private final Path path;
  private final Sender sender;
  private final Receiver receiver;

  /** The way of the load: by which interfaces, to which address, and where that is found here. */
  private record Path(
      String networkInterface,
      InetAddress address,
      InetAddress reachedAt,
      String senderInterface) {}

  private SshTarget(SshConnection connection, SshAddress login, DevicePlan plan) {
    this.connection = connection;
    this.janitor = new Janitor(connection);
    String architecture = connection.run("uname -m", LIMIT).orUnable("uname").strip();
    this.machine = new ConnectedMachine(connection, janitor.pid(), architecture);
    janitor.undo(TraceCapture.removal(janitor.pid()));
    this.path = path(connection, here, login, plan);
    this.sender = new PacedSender(SenderOptions.in(NetworkNamespace.current()));
    this.receiver =
        new NetcatReceiver(
            connection,
            path.address,
            path.reachedAt,
            plan.traffic().port(),
            Optional.of(path.networkInterface),
            Optional.empty());
  }

  /** Where targets at an address come from. */
  static TargetSource source(SshAddress address) {
    return new TargetSource() {
      @Override
      public String name() {
        return address.name();
      }

      @Override
      public Target open(DevicePlan plan) {
        SshConnection connection = SshConnection.open(address);
        try {
          return new SshTarget(connection, address, plan);
        } catch (RuntimeException e) {
          connection.close();
          throw e;
        }
      }
    };
  }

  private static Path path(
      SshConnection connection, Connection here, SshAddress login, DevicePlan plan) {
    String address;
    String name;
    if (plan.networkInterface().isPresent()) {
      name = plan.networkInterface().get();
      address = addressOf(connection, name);
    } else {
      List<String> endpoints = connection.endpoints();
      if (endpoints.size() < 4) {
        throw new DeviceUnable(
            connection.name()
                + ": sshd does not say by which address it was reached; name the interface in the"
                + " plan: device: interface:");
      }
      address = endpoints.get(2);
      name = interfaceOf(connection, address);
    }
    String sentTo = login.load().isEmpty() ? address : login.load();
    return new Path(name, resolved(address), resolved(sentTo), senderInterface(here, sentTo));
  }

  private static String addressOf(Connection connection, String name) {
    Output said =
        connection.run(
            "ip -o addr show dev %1$s 2>/dev/null || ifconfig %1$s".formatted(Shell.word(name)),
            LIMIT);
    return said.lines().stream()
        .map(line -> line.replaceFirst(".*\\binet (addr:)?([0-9.]+).*", "$2"))
        .filter(word -> word.matches("[0-9.]+"))
        .findFirst()
        .orElseThrow(
            () ->
                new DeviceUnable(
                    "%s: interface %s has no IPv4 address".formatted(connection.name(), name)));
  }

  /** The interface with an address: by ip(8), which busybox has too. */
  private static String interfaceOf(Connection connection, String address) {
    Output said = connection.run("ip -o addr show", LIMIT);
    for (String line : said.lines()) {
      String[] words = line.strip().split("\\s+", -1);
      for (int i = 2; i + 1 < words.length; i++) {
        if (words[i].startsWith("inet") && words[i + 1].split("/", -1)[0].equals(address)) {
          return words[1].replaceFirst("[@:].*", "");
        }
      }
    }
    throw new DeviceUnable(
        "%s: no interface with address %s is found; name it in the plan: device: interface:"
            .formatted(connection.name(), address));
  }

  private static String senderInterface(Connection here, String address) {
    Output said = here.run("ip -o route get " + Shell.word(address), LIMIT);
    String device = said.out().replaceFirst("(?s).*\\bdev (\\S+).*", "$1").strip();
    return device.contains(" ") || device.isEmpty() ? "lo" : device;
  }

  private static InetAddress resolved(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new DeviceUnable("the device's address is no address: " + address, e);
    }
  }

  @Override
  public String name() {
    return connection.name();
  }

  @Override
  public Connection shell() {
    return connection;
  }

  @Override
  public Connection senderShell() {
    return here;
  }

  @Override
  public TracedMachine machine() {
    return machine;
  }

  @Override
  public DeviceClock clock() {
    return DeviceClock.of(connection);
  }

  @Override
  public Sender sender() {
    return sender;
  }

  @Override
  public Receiver receiver() {
    return receiver;
  }

  @Override
  public String networkInterface() {
    return path.networkInterface;
  }

  @Override
  public String senderInterface() {
    return path.senderInterface;
  }

  @Override
  public Janitor janitor() {
    return janitor;
  }

  @Override
  public Janitor senderJanitor() {
    return senderJanitor;
  }

  @Override
  public void close() {
    janitor.close();
    senderJanitor.close();
    here.close();
    connection.close();
  }
}
