package besser.rig.linux;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The kernel's list of sockets in the calling thread's network namespace, as {@code
 * /proc/thread-self/net/tcp} and its siblings give it (proc_pid_net(5)).
 */
public final class SocketTable {
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int INODE = 9;
  private static final int DROPS = 12;

  private final List<String[]> rows;

  private SocketTable(List<String[]> rows) {
    this.rows = rows;
  }

  /** TCP sockets of IPv4 and IPv6. */
  public static SocketTable tcp() throws IOException {
    return read("tcp");
  }

  /** UDP sockets of IPv4 and IPv6. */
  public static SocketTable udp() throws IOException {
    return read("udp");
  }

  private static SocketTable read(String protocol) throws IOException {
    List<String[]> rows = new ArrayList<>();
    for (String file : List.of(protocol, protocol + "6")) {
      try {
        Files.readAllLines(Path.of("/proc/thread-self/net", file)).stream()
            .skip(1)
            .map(line -> line.strip().split("\\s+"))
            .forEach(rows::add);
      } catch (NoSuchFileException e) {
        // A kernel without IPv6, or no Linux at all.
      }
    }
    return new SocketTable(rows);
  }

  List<String> inodes(InetSocketAddress local, InetSocketAddress remote) {
    return rows.stream()
        .filter(r -> r.length > INODE && hasPort(r[LOCAL], local) && hasPort(r[REMOTE], remote))
        .map(r -> r[INODE])
        .filter(inode -> !inode.equals("0"))
        .toList();
  }

  /** Whether a socket has that local port, listening or connected. */
  public boolean hasLocalPort(int port) {
    return rows.stream().anyMatch(r -> r.length > INODE && hasPort(r[LOCAL], port));
  }

  /** Datagrams that the sockets at a local port had no room for; empty when there is none. */
  public OptionalLong drops(int port) {
    return rows.stream()
        .filter(r -> r.length > DROPS && hasPort(r[LOCAL], port))
        .mapToLong(r -> Long.parseLong(r[DROPS]))
        .reduce(Long::sum);
  }

  private static boolean hasPort(String endpoint, InetSocketAddress address) {
    return hasPort(endpoint, address.getPort());
  }

  private static boolean hasPort(String endpoint, int port) {
    return endpoint.endsWith(String.format(Locale.ROOT, ":%04X", port));
  }
}
