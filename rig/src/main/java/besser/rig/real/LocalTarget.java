package besser.rig.real;

import besser.experiment.plan.DevicePlan;
import besser.rig.connection.Connection;
import besser.rig.connection.Janitor;
import besser.rig.connection.LocalConnection;
import besser.rig.device.DeviceUnable;
import besser.rig.linux.NetworkNamespace;
import besser.rig.traffic.OwnReceiver;
import besser.rig.traffic.PacedSender;
import besser.rig.traffic.Receiver;
import besser.rig.traffic.Sender;
import besser.rig.traffic.SenderOptions;
import besser.trace.record.ThisMachine;
import besser.trace.record.TracedMachine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * This machine: over its loopback interface, or with sender and receiver in two network namespaces
 * joined by a veth pair, which are made for it and removed with it.
 */
final class LocalTarget implements Target {
  static final String NAME = "local:";

  /** Addresses that RFC 2544 reserves for benchmarks. */
  private static final String SENDER_ADDRESS = "198.18.0.1";

  private static final String RECEIVER_ADDRESS = "198.18.0.2";
  private static final String SENDER_INTERFACE = "besser-s";
  private static final String RECEIVER_INTERFACE = "besser-r";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final LocalConnection host;
  private final Janitor hostJanitor;
  private final LocalConnection shell;
  private final LocalConnection senderShell;
  private final Janitor janitor;
  private final Janitor senderJanitor;
  private final Sender sender;
  private final Receiver receiver;
  private final String networkInterface;
  private final String senderInterface;

  private LocalTarget(
      LocalConnection host,
      Janitor hostJanitor,
      Ends ends,
      String networkInterface,
      String senderInterface) {
    this.host = host;
    this.hostJanitor = hostJanitor;
    this.shell = ends.shell;
    this.senderShell = ends.senderShell;
    hostJanitor.undo(TraceCapture.removal(ProcessHandle.current().pid()));
    this.janitor = new Janitor(shell);
    this.senderJanitor = new Janitor(senderShell);
    this.sender = new PacedSender(SenderOptions.in(ends.senderSpace));
    this.receiver = new OwnReceiver(ends.receiverSpace, address(ends.address), 0);
    this.networkInterface = networkInterface;
    this.senderInterface = senderInterface;
  }

  private record Ends(
      LocalConnection shell,
      LocalConnection senderShell,
      NetworkNamespace receiverSpace,
      NetworkNamespace senderSpace,
      String address) {}

  /** Where targets on this machine come from. */
  static TargetSource source() {
    return new TargetSource() {
      @Override
      public String name() {
        return NAME;
      }

      @Override
      public Target open(DevicePlan plan) {
        return switch (plan.link()) {
          case LOOPBACK -> loopback();
          case VETH -> veth();
        };
      }
    };
  }

  private static LocalTarget loopback() {
    LocalConnection here = LocalConnection.here();
    Ends ends =
        new Ends(here, here, NetworkNamespace.current(), NetworkNamespace.current(), "127.0.0.1");
    return new LocalTarget(here, new Janitor(here), ends, "lo", "lo");
  }

  private static LocalTarget veth() {
    LocalConnection here = LocalConnection.here();
    Janitor janitor = new Janitor(here);
    String prefix = "besser-" + janitor.pid();
    String s = prefix + "-s";
    String r = prefix + "-r";
    janitor.undo(removal(s));
    janitor.undo(removal(r));
    try {
      here.run(STALE, LIMIT).orUnable("removing what killed runs left");
      here.run(build(s, r), LIMIT).orUnable("building the veth pair (it needs root)");
      Ends ends =
          new Ends(
              LocalConnection.inNamespace(r),
              LocalConnection.inNamespace(s),
              NetworkNamespace.named(r),
              NetworkNamespace.named(s),
              RECEIVER_ADDRESS);
      return new LocalTarget(here, janitor, ends, RECEIVER_INTERFACE, SENDER_INTERFACE);
    } catch (RuntimeException e) {
      janitor.close();
      throw e;
    }
  }

  /** A namespace is named after the janitor that removes it; without that process it is stale. */
  private static final String STALE =
      """
      for n in /run/netns/besser-*-[sr]; do
        [ -e "$n" ] || continue
        name=${n##*/}; pid=${name#besser-}; pid=${pid%%-*}
        kill -0 "$pid" 2>/dev/null && continue
        for p in $(ip netns pids "$name"); do kill -9 "$p"; done
        ip netns del "$name"
      done
      true""";

  private static String removal(String namespace) {
    return "for p in $(ip netns pids %1$s); do kill $p; done; ip netns del %1$s"
        .formatted(namespace);
  }

  private static String build(String s, String r) {
    return """
        set -e
        ip netns add %1$s
        ip netns add %2$s
        ip link add %3$s netns %1$s type veth peer name %4$s netns %2$s
        ip -n %1$s addr add %5$s/30 dev %3$s
        ip -n %2$s addr add %6$s/30 dev %4$s
        for n in %1$s %2$s; do ip -n $n link set lo up; done
        ip -n %1$s link set %3$s up
        ip -n %2$s link set %4$s up"""
        .formatted(s, r, SENDER_INTERFACE, RECEIVER_INTERFACE, SENDER_ADDRESS, RECEIVER_ADDRESS);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new DeviceUnable("no address: " + text, e);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Connection shell() {
    return shell;
  }

  @Override
  public Connection senderShell() {
    return senderShell;
  }

  @Override
  public TracedMachine machine() {
    return new ThisMachine();
  }

  @Override
  public DeviceClock clock() {
    return DeviceClock.of(host).withoutOffset();
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
    return networkInterface;
  }

  @Override
  public String senderInterface() {
    return senderInterface;
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
    shell.close();
    senderShell.close();
    hostJanitor.close();
    host.close();
  }
}
