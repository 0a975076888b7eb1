package besser.rig.traffic;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/** The programs that can take a byte stream on a device, with their different options. */
enum Netcat {
  /** Debian's and the BSDs' {@code nc}. */
  OPENBSD,
  /** Nmap's. */
  NCAT,
  /** Hobbit's original. */
  TRADITIONAL,
  /** Busybox's applet. */
  BUSYBOX,
  /** No netcat, but a shell that can connect (bash, redirection from /dev/tcp). */
  BASH;

  /** Prints one word for each program that there is, as {@link #of} reads them. */
  static final String PROBE =
      """
      for c in nc.openbsd nc ncat nc.traditional 'busybox nc'; do
        h=$($c -h 2>&1 </dev/null) || h=$($c --help 2>&1 </dev/null)
        case $h in
          *OpenBSD*) echo "OPENBSD $c";;
          *Ncat*) echo "NCAT $c";;
          *BusyBox*-l*) case $h in *-u*) echo "BUSYBOX_UDP $c";; *) echo "BUSYBOX $c";; esac;;
          *'[v1.1'*) echo "TRADITIONAL $c";;
        esac
      done
      command -v bash >/dev/null 2>&1 && echo "BASH bash"
      true
      """;

  /**
   * A program that was found.
   *
   * @param dialect its options
   * @param command how it is called
   * @param canUdp whether it takes datagrams
   */
  record Found(Netcat dialect, String command, boolean canUdp) {
    /** The command that receives and throws away; for {@link #BASH} from that address. */
    String receive(Transport transport, InetAddress address, int port, Optional<String> from) {
      String udp = transport == Transport.UDP ? "-u " : "";
      String host = address.getHostAddress();
      return switch (dialect) {
        case OPENBSD -> "%s -d -n -l %s%s %d".formatted(command, udp, host, port);
        case NCAT -> "%s -n -l %s--recv-only %s %d".formatted(command, udp, host, port);
        case TRADITIONAL -> "%s -n -l %s-s %s -p %d".formatted(command, udp, host, port);
        // Built small, as Debian's is, it knows neither -s nor -n.
        case BUSYBOX -> "%s -l %s-p %d".formatted(command, udp, port);
        // The sender may not listen yet; it is tried for half a minute.
        case BASH ->
            ("bash -c 'for i in {1..150}; do { exec 4</dev/tcp/%s/%d; } 2>/dev/null &&"
                    + " exec cat <&4; sleep 0.2; done'")
                .formatted(from.orElse("localhost"), port);
      };
    }
  }

  /** The first program of the probe's answer that can do it. */
  static Optional<Found> of(String probed, Transport transport, boolean mayConnect) {
    return probed
        .lines()
        .map(String::strip)
        .filter(line -> line.contains(" "))
        .map(Netcat::parse)
        .filter(found -> transport == Transport.TCP || found.canUdp())
        .filter(found -> found.dialect() != BASH || mayConnect)
        .findFirst();
  }

  private static Found parse(String line) {
    String word = line.substring(0, line.indexOf(' ')).toUpperCase(Locale.ROOT);
    String command = line.substring(line.indexOf(' ') + 1);
    return switch (word) {
      case "OPENBSD" -> new Found(OPENBSD, command, true);
      case "NCAT" -> new Found(NCAT, command, true);
      case "TRADITIONAL" -> new Found(TRADITIONAL, command, true);
      case "BUSYBOX_UDP" -> new Found(BUSYBOX, command, true);
      case "BUSYBOX" -> new Found(BUSYBOX, command, false);
      case "BASH" -> new Found(BASH, command, false);
      default -> throw new IllegalArgumentException("no netcat: '" + line + "'");
    };
  }
}
