package besser.rig.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import besser.rig.linux.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Two network namespaces of a test's own, joined by a veth pair; removed by closing it. */
final class VethPair implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String sender;
  private final String receiver;
  private final Thread onExit = new Thread(this::removeNamespaces);

  private VethPair() {
    String unique = "bt%d-%d".formatted(ProcessHandle.current().pid(), COUNT.incrementAndGet());
    sender = unique + "s";
    receiver = unique + "r";
  }

  static VethPair build() throws IOException {
    VethPair pair = new VethPair();
    Runtime.getRuntime().addShutdownHook(pair.onExit);
    try {
      pair.join();
      pair.awaitCarrier();
      return pair;
    } catch (IOException e) {
      pair.close();
      throw e;
    }
  }

  private void join() throws IOException {
    run("ip", "netns", "add", sender);
    run("ip", "netns", "add", receiver);
    run(
        ("ip -n %s link add v0 address 02:00:00:00:00:01 type veth peer name v1"
                + " address 02:00:00:00:00:02 netns %s")
            .formatted(sender, receiver)
            .split(" "));
    address(sender, "v0", 1);
    address(receiver, "v1", 2);
  }

  /** The kernel notices a carrier up to a second late (linkwatch), and drops IPv6 until then. */
  private void awaitCarrier() throws IOException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < 30_000_000_000L) {
      if (isUp(sender, "v0") && isUp(receiver, "v1")) return;
      Thread.onSpinWait();
    }
    throw new IOException("no carrier on " + sender + " within 30 s");
  }

  private static boolean isUp(String namespace, String link) throws IOException {
    return run("ip", "-n", namespace, "-6", "route", "show", "table", "local", "dev", link)
            .contains("local fd77::")
        && run("ip", "-n", namespace, "link", "show", "dev", link).contains("state UP");
  }

  private void address(String namespace, String link, int host) throws IOException {
    run("ip", "-n", namespace, "addr", "add", "10.77.0." + host + "/24", "dev", link);
    run("ip", "-n", namespace, "addr", "add", "fd77::" + host + "/64", "dev", link, "nodad");
    run("ip", "-n", namespace, "link", "set", "lo", "up");
    run("ip", "-n", namespace, "link", "set", link, "up");
  }

  NetworkNamespace sender() {
    return NetworkNamespace.named(sender);
  }

  NetworkNamespace receiver() {
    return NetworkNamespace.named(receiver);
  }

  static InetAddress receiver4() throws IOException {
    return InetAddress.getByName("10.77.0.2");
  }

  static InetAddress receiver6() throws IOException {
    return InetAddress.getByName("fd77::2");
  }

  /** Lets the sender's interface pass no more than that; {@code queue} is tbf's limit. */
  void limit(String rate, String queue) throws IOException {
    run(
        "tc -n %s qdisc replace dev v0 root tbf rate %s burst 16kb limit %s"
            .formatted(sender, rate, queue)
            .split(" "));
  }

  /** Takes the receiver's interface down: a dead link. */
  void cut() throws IOException {
    run("ip", "-n", receiver, "link", "set", "v1", "down");
  }

  static String run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said.strip());
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    removeNamespaces();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // The JVM is ending already.
    }
  }

  private void removeNamespaces() {
    for (String namespace : List.of(sender, receiver)) {
      try {
        run("ip", "netns", "delete", namespace);
      } catch (IOException e) {
        // It was never made.
      }
    }
  }
}
