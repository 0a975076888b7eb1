package besser.rig.real;

import besser.rig.connection.LocalConnection;
import besser.rig.connection.Output;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A user of this machine who is not root, made for a test and removed with it. */
final class TestUser implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final LocalConnection here = LocalConnection.here();
  private final String name;

  /** Nobody may be left with root's rights by tests that were broken off. */
  private final Thread onExit = new Thread(this::remove);

  private TestUser(String sudoers) {
    this.name = "bt" + ProcessHandle.current().pid() + "u" + NUMBER.incrementAndGet();
    Runtime.getRuntime().addShutdownHook(onExit);
    try {
      // Without a home, and with a password that no input fits; sshd takes '!' for a locked user.
      run("useradd -M -d / -s /bin/sh -p '*' " + name);
      if (!sudoers.isEmpty()) {
        run(
            "umask 226; echo '%s' > %2$s; visudo -q -c -f %2$s"
                .formatted(sudoers.formatted(name), dropIn()));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** One who may do nothing that others may not. */
  static TestUser plain() {
    return new TestUser("");
  }

  /** One whom sudo lets do everything and asks no password. */
  static TestUser withSudo() {
    return new TestUser("%s ALL=(root) NOPASSWD: ALL");
  }

  /** One whom sudo lets do everything for a password. */
  static TestUser withPassword() {
    return new TestUser("%s ALL=(root) ALL");
  }

  String name() {
    return name;
  }

  private String dropIn() {
    return "/etc/sudoers.d/" + name;
  }

  private void run(String script) {
    Output output = here.run(script, LIMIT);
    if (!output.ok()) throw new IllegalStateException(script + "\n" + output.err());
  }

  @Override
  public void close() {
    remove();
    here.close();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // The JVM is ending already.
    }
  }

  private void remove() {
    run(
        "rm -f %2$s; pkill -KILL -u %1$s; n=0; until userdel %1$s || [ $n -gt 50 ]; do n=$((n+1)); sleep 0.1; done; true"
            .formatted(name, dropIn()));
  }
}
