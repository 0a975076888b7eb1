package besser.rig.lab;

import besser.rig.device.DeviceUnable;
import besser.rig.run.WholeFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** The practice device's disk, kernel and keys, and how they are made. */
final class LabImage {
  /** What goes into the image or makes it; a change of any of them makes an image stale. */
  private static final List<String> RECIPE =
      List.of("build.sh", "init", "hostapd.conf", "wpa_supplicant.conf", "sshd_config");

  /** A tool, and the Debian package that has it. */
  record Tool(String command, String aptPackage) {}

  private static final List<Tool> TOOLS =
      List.of(
          new Tool("qemu-system-x86_64", "qemu-system-x86"),
          new Tool("mmdebstrap", "mmdebstrap"),
          new Tool("mkfs.ext4", "e2fsprogs"),
          new Tool("ssh-keygen", "openssh-client"));

  private final Path folder;
  private final Consumer<String> say;

  LabImage(Path folder, Consumer<String> say) {
    this.folder = folder;
    this.say = say;
  }

  Path key() {
    return folder.resolve("id");
  }

  Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  private Path hostKey() {
    return folder.resolve("files").resolve("ssh_host_ed25519_key");
  }

  /**
   * Sees to it that what is run here is there.
   *
   * @throws DeviceUnable when something is missing, with the command that installs it
   */
  static void requireTools() {
    List<String> packages = missing(List.of(System.getenv("PATH"), "/usr/sbin", "/sbin"));
    if (!packages.isEmpty()) {
      throw new DeviceUnable(
          "the practice device needs " + installation(packages) + ", on Debian or Ubuntu");
    }
  }

  static String installation(List<String> packages) {
    return "apt-get install --no-install-recommends " + String.join(" ", packages);
  }

  /** The packages of the tools that no folder of a search path has. */
  static List<String> missing(List<String> paths) {
    List<String> missing = new ArrayList<>();
    for (Tool tool : TOOLS) {
      boolean there = false;
      for (String place : String.join(":", paths).split(":", -1)) {
        there |= !place.isEmpty() && Files.isExecutable(Path.of(place, tool.command()));
      }
      if (!there) missing.add(tool.aptPackage());
    }
    return missing;
  }

  /** Whether there is one of this recipe. */
  boolean isFresh() {
    Path made = folder.resolve("recipe");
    try {
      return Files.exists(made) && Files.readString(made).equals(recipe());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + made, e);
    }
  }

  /** A digest of everything that makes the image. */
  static String recipe() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String name : RECIPE) digest.update(resource(name));
      return HexFormat.of().formatHex(digest.digest()) + "\n";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = LabImage.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException("besser lacks its file " + name);
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read besser's file " + name, e);
    }
  }

  /** Builds it, in some minutes; needs root and the network. */
  void build() {
    if (!System.getProperty("user.name").equals("root")) {
      throw new DeviceUnable(
          "building the practice device needs root, since its files belong to root; try: sudo"
              + " besser lab up");
    }
    say.accept("building it in " + folder + ", once: about 300 MB from Debian's mirror");
    Path files = folder.resolve("files");
    try {
      Files.createDirectories(files);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      Files.deleteIfExists(folder.resolve("recipe"));
      for (String name : RECIPE) Files.write(files.resolve(name), resource(name));
      makeKey(key());
      makeKey(hostKey());
      String hostKey = Files.readString(Path.of(hostKey() + ".pub"));
      Files.writeString(knownHosts(), "[127.0.0.1]:%d %s".formatted(Lab.SSH_PORT, hostKey));
      run(
          List.of(
              "sh",
              files.resolve("build.sh").toString(),
              folder.toString(),
              files.toString(),
              key() + ".pub"));
      WholeFile.write(folder.resolve("recipe"), recipe());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot build the practice device in " + folder, e);
    }
  }

  private void makeKey(Path key) throws IOException {
    if (Files.exists(key)) return;
    run(
        List.of(
            "ssh-keygen",
            "-q",
            "-t",
            "ed25519",
            "-N",
            "",
            "-C",
            "besser-lab",
            "-f",
            key.toString()));
  }

  private void run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
    Process process = builder.start();
    String last = "";
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null; last = line) say.accept(line);
      if (process.waitFor() != 0) {
        throw new DeviceUnable("building the practice device failed: " + last);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new DeviceUnable("interrupted while the practice device was built", e);
    }
  }
}
