package besser.rig.connection;

import besser.rig.device.DeviceLost;
import besser.rig.device.DeviceUnable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * A shell on another machine over ssh. One connection carries all scripts, each in a channel of its
 * own, since connecting costs a small device more than a second. The connection keeps itself alive;
 * once it is lost it stays lost, and whoever needs it opens another.
 */
public final class SshConnection implements Connection {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);
  private static final Duration CHANNEL_LIMIT = Duration.ofSeconds(20);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final int HEARTBEATS_MISSED = 3;
  private static final Duration END_LIMIT = Duration.ofSeconds(2);

  private final SshAddress address;
  private final SshClient client;
  private final ClientSession session;
  private final Queue<CommandShell> shells = new ConcurrentLinkedQueue<>();

  private SshConnection(SshAddress address, SshClient client, ClientSession session) {
    this.address = address;
    this.client = client;
    this.session = session;
  }

  /**
   * Connects and logs in.
   *
   * @throws DeviceLost when the host does not answer
   * @throws DeviceUnable when its key is not known, it does not let the user in, or sudo does not
   */
  public static SshConnection open(SshAddress address) {
    return open(address, Optional.ofNullable(System.getenv("SSH_AUTH_SOCK")).map(Path::of));
  }

  /**
   * Connects and logs in.
   *
   * @param agent the socket of an ssh-agent whose keys are tried
   * @throws DeviceLost when the host does not answer
   * @throws DeviceUnable when its key is not known, it does not let the user in, or sudo does not
   */
  public static SshConnection open(SshAddress address, Optional<Path> agent) {
    SshClient client = client(address, agent);
    client.start();
    try {
      ClientSession session = connect(client, address);
      SshConnection connection = new SshConnection(address, client, session);
      if (address.sudo()) connection.requireSudo();
      return connection;
    } catch (RuntimeException e) {
      client.stop();
      throw e;
    }
  }

  /** sudo without a password, or scripts would end before they began. */
  private void requireSudo() {
    try (SshScript asked = execute("exec sudo -n true")) {
      OptionalInt status = asked.awaitEnd(CHANNEL_LIMIT);
      if (status.isEmpty()) throw new DeviceLost(name() + ": sudo does not answer");
      if (status.getAsInt() == 0) return;
      throw new DeviceUnable(
          "%s: sudo -n refuses (%s); put the line '%s ALL=(root) NOPASSWD: ALL' into"
                  .formatted(name(), asked.errors().strip(), session.getUsername())
              + " /etc/sudoers.d/besser there with visudo -f, or log in as root");
    }
  }

  private static SshClient client(SshAddress address, Optional<Path> agent) {
    SshClient client = SshClient.setUpDefaultClient();
    client.setServerKeyVerifier(
        new KnownHostsServerKeyVerifier(
            (session, remote, key) -> {
              throw new DeviceUnable(
                  "the host key of %s is not in %s; connect once with ssh and check it there"
                      .formatted(address.name(), address.knownHosts()));
            },
            address.knownHosts()));
    agent
        .filter(Files::exists)
        .ifPresent(socket -> client.setAgentFactory(AgentSocket.factory(socket)));
    // Of the client and not of the session, so that hosts on the way are given it too.
    address.key().ifPresent(file -> keys(file).forEach(client::addPublicKeyIdentity));
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, HEARTBEATS_MISSED);
    CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(client, Duration.ZERO);
    return client;
  }

  private static ClientSession connect(SshClient client, SshAddress address) {
    try {
      HostConfigEntry entry = entry(client, address);
      ClientSession session =
          client.connect(entry, null, null).verify(CONNECT_LIMIT).getClientSession();
      try {
        session.auth().verify(CONNECT_LIMIT);
        return session;
      } catch (IOException | RuntimeException e) {
        session.close(true);
        throw e;
      }
    } catch (SshException e) {
      throw refusal(address, e);
    } catch (IOException e) {
      throw unableIn(e).map(RuntimeException.class::cast).orElseGet(() -> lost(address, e));
    }
  }

  /** The user's own configuration for the host, with what the address says on top. */
  private static HostConfigEntry entry(SshClient client, SshAddress address) throws IOException {
    String user = address.user().isEmpty() ? System.getProperty("user.name") : address.user();
    HostConfigEntry configured =
        client
            .getHostConfigEntryResolver()
            .resolveEffectiveHost(
                address.host(), address.port(), null, address.user(), address.jump(), null);
    if (configured == null) {
      return new HostConfigEntry(
          "",
          address.host(),
          address.port() == 0 ? 22 : address.port(),
          user,
          address.jump().isEmpty() ? null : address.jump());
    }
    if (address.port() != 0) configured.setPort(address.port());
    if (configured.getUsername() == null || !address.user().isEmpty()) {
      configured.setUsername(user);
    }
    if (!address.jump().isEmpty()) configured.setProxyJump(address.jump());
    return configured;
  }

  private static List<KeyPair> keys(Path file) {
    if (!Files.exists(file)) throw new DeviceUnable(file + ": no such key file");
    try (InputStream in = Files.newInputStream(file)) {
      Iterable<KeyPair> pairs =
          SecurityUtils.loadKeyPairIdentities(
              null, NamedResource.ofName(file.toString()), in, FilePasswordProvider.EMPTY);
      if (pairs == null) throw new DeviceUnable(file + ": no private key in it");
      List<KeyPair> all = new ArrayList<>();
      pairs.forEach(all::add);
      return all;
    } catch (IOException | GeneralSecurityException e) {
      throw new DeviceUnable(
          "%s: cannot be used as a key (%s); keys with a passphrase belong in ssh-agent"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static RuntimeException refusal(SshAddress address, SshException e) {
    Optional<DeviceUnable> unable = unableIn(e);
    if (unable.isPresent()) return unable.get();
    String message = String.valueOf(e.getMessage());
    if (message.contains("No more authentication methods")) {
      return new DeviceUnable(
          "%s does not let %s in; try: %s"
              .formatted(
                  address.name(),
                  address.user().isEmpty() ? "you" : address.user(),
                  byHand(address)),
          e);
    }
    if (message.contains("Server key did not validate")) {
      return new DeviceUnable(
          "the host key of %s is not the one in %s; if the device was set up anew, remove the old"
                  .formatted(address.name(), address.knownHosts())
              + " one with ssh-keygen -R "
              + address.host(),
          e);
    }
    return lost(address, e);
  }

  /** The same login by ssh itself. */
  private static String byHand(SshAddress address) {
    StringBuilder command = new StringBuilder("ssh");
    if (address.port() != 0) command.append(" -p ").append(address.port());
    if (!address.jump().isEmpty()) command.append(" -J ").append(address.jump());
    address.key().ifPresent(key -> command.append(" -i ").append(key));
    command.append(' ');
    if (!address.user().isEmpty()) command.append(address.user()).append('@');
    return command.append(address.host()).append(" true").toString();
  }

  /** What our own check of the host key threw, through the library. */
  private static Optional<DeviceUnable> unableIn(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DeviceUnable unable) return Optional.of(unable);
    }
    return Optional.empty();
  }

  private static DeviceLost lost(SshAddress address, Throwable e) {
    return new DeviceLost(
        "%s is not reached: %s; is it on, and are host and port right? try: %s"
            .formatted(address.name(), reason(e), byHand(address)),
        e);
  }

  /** In the words of the system; the library's own are about its futures. */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) root = root.getCause();
    return root instanceof UnresolvedAddressException
        ? "no host of that name is known"
        : String.valueOf(root.getMessage());
  }

  @Override
  public String name() {
    return address.name();
  }

  @Override
  public Output run(String script, Duration limit) {
    CommandShell idle = shells.poll();
    CommandShell shell = idle == null ? new CommandShell(name(), launch("exec sh")) : idle;
    Output output = shell.run(script, limit);
    shells.add(shell);
    return output;
  }

  @Override
  public Running start(String script) {
    return launch(script);
  }

  private SshScript launch(String script) {
    String sh = address.sudo() ? "exec sudo -n sh -c " : "exec sh -c ";
    return execute(sh + Shell.word(script));
  }

  private SshScript execute(String command) {
    try {
      if (!session.isOpen()) throw new DeviceLost(name() + ": the connection broke");
      ChannelExec channel = session.createExecChannel(command);
      channel.open().verify(CHANNEL_LIMIT);
      return new SshScript(channel);
    } catch (IOException e) {
      throw lost(address, e);
    }
  }

  @Override
  public boolean isOpen() {
    return session.isOpen();
  }

  /**
   * What sshd tells the login about the connection: the client's address and port, the device's
   * address and port; less when it tells nothing.
   */
  public List<String> endpoints() {
    // sudo takes the variable away.
    try (SshScript started = execute("exec sh -c 'echo $SSH_CONNECTION'")) {
      String said = Pumps.whole(started.output()).join();
      return List.of(said.strip().split(" ", -1));
    }
  }

  @Override
  public void close() {
    session.close(false).awaitUninterruptibly(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    client.stop();
  }

  /** One channel. */
  private static final class SshScript implements Running {
    private final ChannelExec channel;
    private final Tail errors;

    SshScript(ChannelExec channel) {
      this.channel = channel;
      this.errors = Pumps.tail(channel.getInvertedErr());
    }

    @Override
    public InputStream output() {
      return channel.getInvertedOut();
    }

    @Override
    public OutputStream input() {
      return channel.getInvertedIn();
    }

    @Override
    public String errors() {
      return isRunning() ? errors.text() : errors.lastWords(END_LIMIT);
    }

    @Override
    public boolean isRunning() {
      return channel.isOpen() && channel.getExitStatus() == null;
    }

    @Override
    public OptionalInt awaitEnd(Duration limit) {
      Set<ClientChannelEvent> seen =
          channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), limit.toMillis());
      Integer status = channel.getExitStatus();
      if (!seen.contains(ClientChannelEvent.CLOSED) || status == null) return OptionalInt.empty();
      return OptionalInt.of(status);
    }

    @Override
    public void close() {
      try {
        channel.getInvertedIn().close();
      } catch (IOException e) {
        // It has ended before its input did, or the connection broke.
      }
      awaitEnd(END_LIMIT);
      channel.close(true);
    }
  }
}
