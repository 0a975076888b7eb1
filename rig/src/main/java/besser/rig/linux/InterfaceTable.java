package besser.rig.linux;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The interfaces of the calling thread's network namespace and what they have counted. */
public final class InterfaceTable {
  private static final Path COUNTERS = Path.of("/proc/thread-self/net/dev");
  private static final Path ADDRESSES_6 = Path.of("/proc/thread-self/net/if_inet6");

  private InterfaceTable() {}

  /**
   * What an interface has received since it was made, link-layer headers included.
   *
   * @param name such as {@code eth0}
   * @param rxBytes arrived
   * @param rxPackets arrived
   * @param rxErrors arrived damaged
   * @param rxDropped arrived and thrown away
   */
  public record Counters(
      String name, long rxBytes, long rxPackets, long rxErrors, long rxDropped) {}

  /** The counters of the interface that has an address; empty when none has. */
  public static Optional<Counters> of(InetAddress address) throws IOException {
    Optional<String> name = nameOf(address);
    return name.isPresent() ? counters(name.get()) : Optional.empty();
  }

  private static Optional<Counters> counters(String name) throws IOException {
    return Files.readAllLines(COUNTERS).stream()
        .map(line -> line.strip().split("[:\\s]+"))
        .filter(f -> f.length > 4 && f[0].equals(name))
        .map(f -> new Counters(name, number(f[1]), number(f[2]), number(f[3]), number(f[4])))
        .findFirst();
  }

  private static long number(String text) {
    return Long.parseUnsignedLong(text);
  }

  /** Java itself would look IPv6 addresses up in the namespace of the process's first thread. */
  private static Optional<String> nameOf(InetAddress address) throws IOException {
    if (address instanceof Inet6Address) {
      String hex = HexFormat.of().formatHex(address.getAddress());
      List<String> lines = Files.readAllLines(ADDRESSES_6);
      return lines.stream()
          .filter(line -> line.startsWith(hex))
          .map(line -> line.substring(line.lastIndexOf(' ') + 1))
          .findFirst();
    }
    NetworkInterface found = NetworkInterface.getByInetAddress(address);
    return Optional.ofNullable(found).map(NetworkInterface::getName);
  }
}
