package besser.rig.real;

import besser.rig.connection.LocalConnection;
import besser.rig.connection.Output;
import besser.rig.connection.Running;
import besser.rig.connection.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real OpenSSH server in a network namespace of its own, joined to this machine by a veth pair: a
 * remote device with this kernel. Its keys are made for it.
 */
final class SshdInNamespace implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final LocalConnection here = LocalConnection.here();
  private final Path folder;
  private final String id;
  private final int port;
  private Running server;
  private int boots;
  private final int subnet;

  /** Starts one; its users run {@code /bin/sh} unless a forced command is given. */
  SshdInNamespace(String forcedCommand) throws IOException {
    int number = NUMBER.incrementAndGet();
    this.id = "bt" + ProcessHandle.current().pid() % 100_000 + "-" + number;
    this.subnet = number * 4;
    this.port = 2222;
    this.folder = Files.createTempDirectory("besser-sshd");
    try {
      build();
      keys(forcedCommand);
      this.server = start();
      await();
    } catch (RuntimeException | IOException e) {
      remove();
      throw e;
    }
  }

  SshdInNamespace() throws IOException {
    this("");
  }

  private String run(String script) {
    Output output = here.run(script, LIMIT);
    if (!output.ok()) throw new IllegalStateException(script + "\n" + output.err());
    return output.out();
  }

  /** The host's end. */
  String hostInterface() {
    return id + "h";
  }

  String namespace() {
    return id;
  }

  private String address(int last) {
    // From the second half of the addresses that RFC 2544 reserves for benchmarks.
    return "198.19.%d.%d".formatted(ProcessHandle.current().pid() % 256, subnet + last);
  }

  private void build() {
    run(
        """
        set -e
        ip netns add %1$s
        ip link add %1$sh type veth peer name eth0 netns %1$s
        ip addr add %2$s/30 dev %1$sh
        ip -n %1$s addr add %3$s/30 dev eth0
        ip link set %1$sh up
        ip -n %1$s link set eth0 up
        ip -n %1$s link set lo up"""
            .formatted(id, address(1), address(2)));
  }

  private void keys(String forcedCommand) throws IOException {
    String f = Shell.word(folder.toString());
    // Users who are not root read authorized_keys in it.
    run("chmod 711 %1$s; mkdir -p /run/sshd".formatted(f));
    run("ssh-keygen -q -t ed25519 -N '' -f %s/host".formatted(f));
    run("ssh-keygen -q -t ed25519 -N '' -f %s/user".formatted(f));
    String key = Files.readString(folder.resolve("user.pub"));
    String options = forcedCommand.isEmpty() ? "" : "command=\"" + forcedCommand + "\" ";
    Files.writeString(folder.resolve("authorized_keys"), options + key);
    String hostKey = Files.readString(folder.resolve("host.pub"));
    Files.writeString(
        folder.resolve("known_hosts"), "[%s]:%d %s".formatted(address(2), port, hostKey));
    // A home without start-up files: bash reads them for sshd, and what they start may hold locks
    // that a session which is killed leaves behind.
    Files.writeString(
        folder.resolve("sshd_config"),
        """
        Port %1$d
        HostKey %2$s/host
        AuthorizedKeysFile %2$s/authorized_keys
        PidFile %2$s/pid
        StrictModes no
        PasswordAuthentication no
        UsePAM no
        PermitRootLogin prohibit-password
        SetEnv HOME=%2$s
        """
            .formatted(port, folder));
  }

  private Running start() throws IOException {
    // Its own sysfs shows the namespace's interfaces; tracefs and debugfs come back with mounts.
    String boot = "%08d-0000-0000-0000-%012d\n".formatted(++boots, subnet);
    Path bootId = Files.writeString(folder.resolve("boot_id"), boot);
    String command =
        "exec ip netns exec %s sh -c 'mount -t tracefs nodev /sys/kernel/tracing; mount --bind %s /proc/sys/kernel/random/boot_id; exec %s -D -e -f %s/sshd_config'"
            .formatted(id, bootId, "/usr/sbin/sshd", folder);
    return here.start(Shell.untilInputEnds(command));
  }

  private void await() {
    run(
        "n=0; until ip netns exec %s ss -ltn | grep -q :%d; do n=$((n+1)); [ $n -lt 150 ] || exit 1; sleep 0.1; done"
            .formatted(id, port));
  }

  /** How besser is to name it. */
  String url() {
    return url("root");
  }

  /** The same for another user of this machine. */
  String url(String user) {
    return "ssh://%s@%s:%d?key=%s&known-hosts=%s"
        .formatted(user, address(2), port, folder.resolve("user"), folder.resolve("known_hosts"));
  }

  /** The same without the key, which is in {@link #key}. */
  String urlWithoutKey() {
    return url().replaceFirst("key=[^&]*&", "");
  }

  /** The private key that is let in. */
  Path key() {
    return folder.resolve("user");
  }

  /** The processes of sessions, without the server. */
  String sessions() {
    return here.run("ip netns pids " + id, LIMIT).out();
  }

  /** As a power cut: nobody says a word, and nothing that ran there runs any more. */
  void powerOff() {
    run("ip link set %sh down".formatted(id));
    run("for p in $(ip netns pids %s); do kill -9 $p; done".formatted(id));
    server.close();
  }

  /** Another boot of the same device. */
  void powerOn() {
    run("ip link set %sh up".formatted(id));
    try {
      server = start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await();
  }

  /** Kills the sessions' server processes. */
  void killSessions() {
    here.run(
        "for p in $(ip netns pids %s); do grep -q sshd /proc/$p/comm && [ $p != $(cat %s/pid) ] && kill -9 $p; done"
            .formatted(id, folder),
        LIMIT);
  }

  private void remove() throws IOException {
    here.run(
        "for p in $(ip netns pids %1$s); do kill -9 $p; done; ip netns del %1$s; ip link del %1$sh"
            .formatted(id),
        LIMIT);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    remove();
    here.close();
  }
}
