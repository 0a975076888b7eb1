package besser.bench.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import besser.rig.linux.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Two network namespaces joined by a veth pair, removed by closing it. */
final class Wire implements AutoCloseable {
  private static final long CARRIER_NANOS = 10_000_000_000L;

  private final String sender = "bb%ds".formatted(ProcessHandle.current().pid());
  private final String receiver = "bb%dr".formatted(ProcessHandle.current().pid());
  private final Thread onExit = new Thread(this::remove, "remove-wire");

  Wire() throws IOException {
    Runtime.getRuntime().addShutdownHook(onExit);
    run("ip netns add " + sender);
    run("ip netns add " + receiver);
    run(
        "ip -n %s link add v0 type veth peer name %s netns %s"
            .formatted(sender, receiver, receiver));
    run("ip -n %s addr add 10.78.0.1/24 dev v0".formatted(sender));
    run("ip -n %s addr add 10.78.0.2/24 dev %s".formatted(receiver, receiver));
    run("ip -n %s link set v0 up".formatted(sender));
    run("ip -n %s link set %s up".formatted(receiver, receiver));
    run("ip -n %s link set lo up".formatted(receiver));
    awaitCarrier();
  }

  private void awaitCarrier() throws IOException {
    long start = System.nanoTime();
    while (!run("ip -n %s link show dev v0".formatted(sender)).contains("state UP")) {
      if (System.nanoTime() - start > CARRIER_NANOS) throw new IOException("no carrier on v0");
    }
  }

  NetworkNamespace sender() {
    return NetworkNamespace.named(sender);
  }

  /** The receiver's end, by a name that nobody else's has. */
  String interfaceName() {
    return receiver;
  }

  NetworkNamespace receiver() {
    return NetworkNamespace.named(receiver);
  }

  static InetAddress address() throws IOException {
    return InetAddress.getByAddress(new byte[] {10, 78, 0, 2});
  }

  private static String run(String command) throws IOException {
    Process process =
        new ProcessBuilder(List.of(command.split(" "))).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (process.waitFor() != 0) throw new IOException(command + ": " + said.strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return said;
  }

  private void remove() {
    for (String namespace : List.of(sender, receiver)) {
      try {
        run("ip netns delete " + namespace);
      } catch (IOException e) {
        // It was never made.
      }
    }
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(onExit);
  }
}
