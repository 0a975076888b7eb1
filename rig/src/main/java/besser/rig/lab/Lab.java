package besser.rig.lab;

import besser.rig.device.DeviceUnable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The practice device, in a folder of its own that holds all there is of it: image, keys, console
 * and process id. Its disk is a snapshot: what is changed there is gone when it is switched off.
 */
public final class Lab {
  /** Where its sshd is reached, on the loopback address. */
  public static final int SSH_PORT = 10_022;

  /** Where the load goes, on the loopback address and on the station alike. */
  public static final int LOAD_PORT = 10_201;

  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration BOOT_LIMIT = Duration.ofMinutes(4);
  private static final Duration END_LIMIT = Duration.ofSeconds(10);
  private static final Duration BANNER_LIMIT = Duration.ofSeconds(5);

  private final Path folder;
  private final LabImage image;
  private final Consumer<String> say;

  /**
   * @param folder holds everything; made when needed
   * @param say is told what is being done, line by line
   */
  public Lab(Path folder, Consumer<String> say) {
    this.folder = folder.toAbsolutePath();
    this.image = new LabImage(this.folder, say);
    this.say = say;
  }

  /** The usual folder: {@code besser/lab} below XDG_CACHE_HOME or {@code ~/.cache}. */
  public static Path usualFolder() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("besser").resolve("lab");
  }

  /** How besser is to name it as a device. */
  public String address() {
    return "ssh://root@%s:%d?key=%s&known-hosts=%s&load=%s"
        .formatted(LOOPBACK, SSH_PORT, image.key(), image.knownHosts(), LOOPBACK);
  }

  /** The command of a shell on it. */
  public List<String> sshCommand() {
    return List.of(
        "ssh",
        "-p",
        Integer.toString(SSH_PORT),
        "-i",
        image.key().toString(),
        "-o",
        "UserKnownHostsFile=" + image.knownHosts(),
        "root@" + LOOPBACK);
  }

  /** The process that runs it; empty when it is off. */
  public Optional<ProcessHandle> process() {
    try {
      long pid = Long.parseLong(Files.readString(pidFile()).strip());
      return ProcessHandle.of(pid).filter(this::isOurs);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A process id may have been given to another process since. */
  private boolean isOurs(ProcessHandle process) {
    Path commandLine = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      String words = Files.readString(commandLine, StandardCharsets.ISO_8859_1);
      return words.contains("qemu") && words.contains(pidFile().toString());
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether its sshd answers. */
  public boolean answers() {
    try (Socket socket = new Socket()) {
      int limit = Math.toIntExact(BANNER_LIMIT.toMillis());
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), SSH_PORT), limit);
      socket.setSoTimeout(limit);
      // The emulator accepts the connection itself; only the guest's sshd greets.
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes(4), StandardCharsets.US_ASCII).equals("SSH-");
    } catch (IOException e) {
      return false;
    }
  }

  /** The newest thing that it said of itself on its console; empty when there is none. */
  public String lastWords() {
    try {
      return Files.readString(consoleFile(), StandardCharsets.ISO_8859_1)
          .lines()
          .filter(line -> line.startsWith("lab: "))
          .reduce("", (before, line) -> line.substring("lab: ".length()))
          .strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Whether an image is there that fits this version of besser. */
  public boolean isBuilt() {
    return image.isFresh();
  }

  /**
   * Builds it where it is not built, and switches it on where it is off; returns when its sshd
   * answers.
   *
   * @throws DeviceUnable when something is missing here; the message says what to install
   */
  public void up() {
    if (process().isPresent()) {
      say.accept("it is on already");
      awaitAnswer();
      return;
    }
    LabImage.requireTools();
    if (!image.isFresh()) image.build();
    start();
    awaitAnswer();
  }

  private void start() {
    say.accept("switching on");
    try {
      Files.deleteIfExists(consoleFile());
      ProcessBuilder emulator = new ProcessBuilder(command());
      emulator.directory(folder.toFile()).redirectErrorStream(true);
      // Where the snapshot of the disk lies while it is on.
      emulator.environment().put("TMPDIR", folder.toString());
      Process started = emulator.start();
      String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (started.waitFor() != 0) {
        throw new DeviceUnable("the emulator does not start: " + said.strip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the emulator does not start", e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private List<String> command() {
    List<String> words = new ArrayList<>();
    // Both virtual CPUs take turns in one thread: with a thread each, the guest hangs now and then.
    words.addAll(List.of("qemu-system-x86_64", "-M", "q35", "-accel", "tcg,thread=single"));
    words.addAll(List.of("-cpu", "max", "-smp", "2", "-m", "768", "-nodefaults"));
    words.addAll(List.of("-no-user-config", "-display", "none", "-no-reboot"));
    words.addAll(List.of("-kernel", "vmlinuz", "-initrd", "initrd.img", "-append"));
    words.add(
        "root=/dev/vda rw console=ttyS0 quiet init=/lab/init net.ifnames=0 mitigations=off"
            + " panic=-1");
    words.addAll(List.of("-drive", "file=disk.img,format=raw,if=virtio,snapshot=on"));
    words.addAll(List.of("-device", "virtio-rng-pci", "-serial", "file:" + consoleFile()));
    words.add("-nic");
    words.add(
        "user,model=virtio-net-pci,hostfwd=tcp:%1$s:%2$d-:22,hostfwd=tcp:%1$s:%3$d-:%3$d,hostfwd=udp:%1$s:%3$d-:%3$d"
            .formatted(LOOPBACK, SSH_PORT, LOAD_PORT));
    words.addAll(List.of("-pidfile", pidFile().toString(), "-daemonize"));
    return words;
  }

  private void awaitAnswer() {
    long giveUp = System.nanoTime() + BOOT_LIMIT.toNanos();
    String said = "";
    try {
      while (!answers()) {
        String words = lastWords();
        if (!words.equals(said)) say.accept(words);
        said = words;
        if (process().isEmpty()) {
          throw new DeviceUnable("it went off while it started; see " + consoleFile());
        }
        if (System.nanoTime() > giveUp) {
          throw new DeviceUnable(
              "its sshd does not answer within %d s; see %s, and switch it off with: besser lab down"
                  .formatted(BOOT_LIMIT.toSeconds(), consoleFile()));
        }
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static DeviceUnable interrupted() {
    Thread.currentThread().interrupt();
    return new DeviceUnable("interrupted");
  }

  /** Switches it off; false when it was off already. */
  public boolean down() {
    Optional<ProcessHandle> running = process();
    if (running.isEmpty()) return false;
    ProcessHandle emulator = running.get();
    emulator.destroy();
    if (!ended(emulator)) {
      emulator.destroyForcibly();
      if (!ended(emulator)) {
        throw new DeviceUnable("process %d does not end".formatted(emulator.pid()));
      }
    }
    try {
      Files.deleteIfExists(pidFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + pidFile(), e);
    }
    return true;
  }

  private static boolean ended(ProcessHandle process) {
    try {
      process.onExit().get(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
      return !process.isAlive();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private Path pidFile() {
    return folder.resolve("pid");
  }

  /** What it says while it starts. */
  public Path consoleFile() {
    return folder.resolve("console.log");
  }
}
