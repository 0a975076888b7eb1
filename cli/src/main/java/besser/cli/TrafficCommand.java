package besser.cli;

import besser.experiment.json.Json;
import besser.experiment.plan.DevicePlan;
import besser.experiment.plan.Quantity;
import besser.metrics.Unit;
import besser.rig.connection.SshAddress;
import besser.rig.linux.NetworkNamespace;
import besser.rig.real.LinuxDevice;
import besser.rig.real.Operator;
import besser.rig.traffic.OwnReceiver;
import besser.rig.traffic.PacedSender;
import besser.rig.traffic.Peer;
import besser.rig.traffic.ReceivedTraffic;
import besser.rig.traffic.SenderOptions;
import besser.rig.traffic.SentTraffic;
import besser.rig.traffic.StepTraffic;
import besser.rig.traffic.TrafficEnd;
import besser.rig.traffic.TrafficStep;
import besser.rig.traffic.TrafficWatch;
import besser.rig.traffic.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ObjDoubleConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code besser traffic}: the load of a step, by itself. */
@Command(
    name = "traffic",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "send|receive",
    description = {
      "Sends the load that a run offers, or receives it, by itself.",
      "To try a link, a cap or a device before an experiment.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  besser traffic receive                      on the one machine",
      "  besser traffic send ohm --rate 4MB/s        on the other",
      "  nc -l 5201 >/dev/null                       or any netcat instead of the first",
      "  besser traffic send '[fd00::2]:5201' --udp --rate 500KB/s --for 1m --json",
      "  besser traffic send --device ssh://root@ohm --rate 4MB/s   starts a receiver there, too"
    })
final class TrafficCommand {
  private static final int PORT = 5201;

  private final Terminal terminal = new Terminal();

  @Command(
      name = "send",
      mixinStandardHelpOptions = true,
      description = {
        "Sends at a cap for a time.",
        "Says what the kernel took, what TCP knows of the path, and when something is missing,",
        "whether the path took less or the sender came too late. With --device the receiver is",
        "what a run would use there, and what it counted is said as well."
      })
  int send(
      @Parameters(
              arity = "0..1",
              paramLabel = "HOST[:PORT]",
              description = "where it is received (port 5201)")
          Optional<String> to,
      @Option(
              names = "--device",
              paramLabel = "DEVICE",
              description = "ssh://[USER@]HOST, instead of HOST: the receiver is started there")
          Optional<String> device,
      @Option(
              names = "--port",
              defaultValue = "" + PORT,
              paramLabel = "PORT",
              description =
                  "for --device: what its receiver listens at (default: ${DEFAULT-VALUE})")
          int port,
      @Option(
              names = "--interface",
              paramLabel = "NAME",
              description = "for --device: which of its interfaces (default: that of the login)")
          Optional<String> networkInterface,
      @Option(names = "--rate", required = true, paramLabel = "RATE", description = "such as 4MB/s")
          String rate,
      @Option(
              names = "--for",
              defaultValue = "10s",
              paramLabel = "TIME",
              description = "how long (default: ${DEFAULT-VALUE})")
          String duration,
      @Option(names = "--udp", description = "numbered datagrams instead of a TCP connection")
          boolean udp,
      @Option(
              names = "--datagram",
              defaultValue = "" + TrafficStep.DATAGRAM_BYTES,
              paramLabel = "BYTES",
              description = "payload of a datagram or least TCP write (default: ${DEFAULT-VALUE})")
          int datagramBytes,
      @Option(
              names = "--class",
              defaultValue = "0",
              paramLabel = "BYTE",
              description = "DSCP and ECN byte, such as 0xb8 for voice (default: ${DEFAULT-VALUE})")
          String trafficClass,
      @Option(names = "--congestion", paramLabel = "NAME", description = "TCP's, such as cubic")
          Optional<String> congestion,
      @Option(
              names = "--kernel-pacing",
              description = "also bound TCP's bursts in the kernel, at 1.25 times the rate")
          boolean kernelPacing,
      @Option(
              names = "--real-time",
              description = "run before other threads, on a machine that is busy (SCHED_RR)")
          boolean realTime,
      @Option(
              names = "--netns",
              paramLabel = "NAME",
              description = "network namespace to send from")
          Optional<String> namespace,
      @Option(names = "--json", description = "print JSON instead of text") boolean json) {
    TrafficStep step = step(rate, duration, udp, trafficClass, datagramBytes);
    SenderOptions options =
        options(namespace, congestion).withKernelPacing(kernelPacing).withRealTime(realTime);
    PacedSender sender = new PacedSender(options);
    if (device.isPresent()) {
      if (to.isPresent()) throw new BadInput("either HOST or --device, not both");
      return toDevice(device.get(), plan(port, networkInterface), sender, step, json);
    }
    InetSocketAddress address =
        address(to.orElseThrow(() -> new BadInput("where to? HOST, or --device ssh://HOST")));
    try (TrafficDisplay watch = TrafficDisplay.redrawing(terminal, step.seconds())) {
      SentTraffic sent = sender.send(step, new Peer.Listening(address), watch);
      clearLine();
      if (json) {
        terminal.print(Json.page(TrafficReport.sent(sent)).stripTrailing());
      } else {
        terminal.print(TrafficReport.words(sent));
      }
      return status(sent.end());
    }
  }

  private void clearLine() {
    if (terminal.canRedraw()) terminal.draw("\r" + " ".repeat(40) + "\r");
  }

  private static DevicePlan plan(int port, Optional<String> networkInterface) {
    try {
      DevicePlan usual = DevicePlan.DEFAULT;
      return new DevicePlan(
          Optional.empty(),
          usual.link(),
          new DevicePlan.Traffic(DevicePlan.Transport.TCP, DevicePlan.Receiver.DEVICE, port, 0),
          networkInterface,
          usual.prepare(),
          usual.profile(),
          List.of(),
          List.of());
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }

  private int toDevice(
      String name, DevicePlan plan, PacedSender sender, TrafficStep step, boolean json) {
    if (!name.startsWith(SshAddress.SCHEME)) {
      throw new BadInput("--device is ssh://[USER@]HOST, got '%s'".formatted(name));
    }
    try (LinuxDevice device =
            LinuxDevice.ssh(SshAddress.parse(name), plan, Operator.absent(), false);
        TrafficDisplay watch = TrafficDisplay.redrawing(terminal, step.seconds())) {
      StepTraffic traffic = device.traffic(sender, step, watch);
      clearLine();
      if (json) {
        terminal.print(Json.page(TrafficReport.both(traffic)).stripTrailing());
      } else {
        terminal.print(TrafficReport.words(traffic));
      }
      return status(traffic.sent().end());
    }
  }

  @Command(
      name = "receive",
      mixinStandardHelpOptions = true,
      description = {
        "Receives one connection, or with --udp one step's datagrams.",
        "Prints the goodput of each second, and at the end what came, what was lost, and what the",
        "interface counted (that needs --at)."
      })
  int receive(
      @Option(
              names = "--port",
              defaultValue = "" + PORT,
              paramLabel = "PORT",
              description = "to listen at; 0 for any (default: ${DEFAULT-VALUE})")
          int port,
      @Option(
              names = "--at",
              defaultValue = "::",
              paramLabel = "ADDRESS",
              description = "to listen at (default: all; --at 0.0.0.0 where there is no IPv6)")
          String at,
      @Option(names = "--udp", description = "numbered datagrams instead of a TCP connection")
          boolean udp,
      @Option(
              names = "--netns",
              paramLabel = "NAME",
              description = "network namespace to listen in")
          Optional<String> namespace,
      @Option(names = "--json", description = "print JSON at the end instead of text")
          boolean json) {
    OwnReceiver receiver = receiver(namespace, at, port);
    try (TrafficDisplay watch = new TrafficDisplay(json ? (bytes, seconds) -> {} : new Seconds())) {
      ReceivedTraffic received =
          receiver.listen(
              udp ? Transport.UDP : Transport.TCP,
              watch,
              address -> terminal.say("listening at port " + address.getPort()));
      if (json) {
        terminal.print(Json.page(TrafficReport.received(received)).stripTrailing());
      } else {
        terminal.print(TrafficReport.words(received));
      }
      return ended(watch);
    }
  }

  /** A line a second, from the first byte on. */
  private final class Seconds implements ObjDoubleConsumer<Long> {
    private long before;
    private double beforeSeconds;
    private double startSeconds = Double.NaN;

    @Override
    public void accept(Long bytes, double seconds) {
      if (Double.isNaN(startSeconds) && bytes > 0) startSeconds = beforeSeconds;
      if (!Double.isNaN(startSeconds)) {
        double rate = (bytes - before) / (seconds - beforeSeconds);
        terminal.print(
            String.format(
                Locale.ROOT, "%6.1f s  %s", seconds - startSeconds, TrafficReport.rate(rate)));
      }
      before = bytes;
      beforeSeconds = seconds;
    }
  }

  private static int ended(TrafficWatch watch) {
    return watch.stopRequested() ? ExitStatus.INTERRUPTED : ExitStatus.DONE;
  }

  private static int status(TrafficEnd end) {
    return switch (end) {
      case TrafficEnd.Completed completed -> ExitStatus.DONE;
      case TrafficEnd.Stopped stopped -> ExitStatus.INTERRUPTED;
      case TrafficEnd.Unreachable unreachable -> ExitStatus.DEVICE_UNABLE;
      case TrafficEnd.PeerGone gone -> ExitStatus.DEVICE_UNABLE;
      case TrafficEnd.Silent silent -> ExitStatus.DEVICE_UNABLE;
    };
  }

  private static TrafficStep step(
      String rate, String duration, boolean udp, String trafficClass, int datagramBytes) {
    double bytesPerSecond = bytesPerSecond(rate);
    try {
      return TrafficStep.of(
              "traffic",
              udp ? Transport.UDP : Transport.TCP,
              bytesPerSecond,
              Durations.parse(duration))
          .withTrafficClass(Integer.decode(trafficClass))
          .withDatagramBytes(datagramBytes);
    } catch (NumberFormatException e) {
      throw new BadInput("--class is a number such as 0xb8, got '" + trafficClass + "'");
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }

  private static double bytesPerSecond(String rate) {
    try {
      return Quantity.parse(rate).in(Unit.BYTES_PER_SECOND);
    } catch (IllegalArgumentException e) {
      throw new BadInput("--rate is written 4MB/s or 500KB/s, got '" + rate + "'");
    }
  }

  private static SenderOptions options(Optional<String> namespace, Optional<String> congestion) {
    SenderOptions options = SenderOptions.in(namespace(namespace));
    return congestion.map(options::withCongestionControl).orElse(options);
  }

  private static NetworkNamespace namespace(Optional<String> name) {
    try {
      return new NetworkNamespace(name);
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }

  private static OwnReceiver receiver(Optional<String> namespace, String at, int port) {
    try {
      return new OwnReceiver(namespace(namespace), InetAddress.getByName(at), port);
    } catch (UnknownHostException e) {
      throw new BadInput("no address known for '" + at + "'");
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }

  /** {@code host}, {@code host:port}, {@code [ipv6]:port} or a bare IPv6 address. */
  static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    boolean bareIpv6 = text.indexOf(':') != colon && !text.startsWith("[");
    boolean hasPort = colon > text.lastIndexOf(']') && colon >= 0 && !bareIpv6;
    String host = (hasPort ? text.substring(0, colon) : text).replaceAll("[\\[\\]]", "");
    try {
      int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : PORT;
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new BadInput("no address known for '" + host + "'");
    } catch (IllegalArgumentException e) {
      throw new BadInput("HOST:PORT with a port of 0 to 65535, got '" + text + "'");
    }
  }
}
