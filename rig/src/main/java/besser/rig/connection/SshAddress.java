package besser.rig.connection;

import besser.rig.device.DeviceUnable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where and how to log in, as written {@code ssh://[USER@]HOST[:PORT][?OPTION=VALUE&...]}. What is
 * not said is taken from {@code ~/.ssh/config}, as ssh takes it.
 *
 * @param name as the user wrote it
 * @param user to log in as; empty for ssh's own choice
 * @param port to connect to; 0 for ssh's own choice
 * @param sudo whether scripts run under {@code sudo -n}, for users who are not root
 * @param jump hosts to go through, as {@code ssh -J} takes them; empty for none
 * @param key a private key's file to use beside those of the agent and the configuration
 * @param knownHosts the file of known host keys
 * @param load where the load is sent to, when that is not the device's own address: behind
 *     forwarded ports; empty for the device's own
 */
public record SshAddress(
    String name,
    String user,
    String host,
    int port,
    boolean sudo,
    String jump,
    Optional<Path> key,
    Path knownHosts,
    String load) {
  /** What addresses begin with. */
  public static final String SCHEME = "ssh://";

  private static final List<String> OPTIONS = List.of("sudo", "jump", "key", "known-hosts", "load");

  /**
   * Reads an address.
   *
   * @throws DeviceUnable when it is none, saying what an address looks like
   */
  public static SshAddress parse(String text) {
    try {
      URI uri = new URI(text);
      if (!"ssh".equals(uri.getScheme()) || uri.getHost() == null) {
        throw malformed(text, "no host in it");
      }
      if (uri.getPath() != null && !uri.getPath().isEmpty() && !uri.getPath().equals("/")) {
        throw malformed(text, "a device has no path");
      }
      Map<String, String> options = options(text, uri.getQuery() == null ? "" : uri.getQuery());
      return new SshAddress(
          text,
          uri.getUserInfo() == null ? "" : uri.getUserInfo(),
          uri.getHost().replaceAll("^\\[|\\]$", ""),
          Math.max(0, uri.getPort()),
          options.containsKey("sudo") && !options.get("sudo").equals("no"),
          options.getOrDefault("jump", ""),
          Optional.ofNullable(options.get("key")).map(SshAddress::path),
          path(options.getOrDefault("known-hosts", "~/.ssh/known_hosts")),
          options.getOrDefault("load", ""));
    } catch (URISyntaxException e) {
      throw malformed(text, String.valueOf(e.getReason()).toLowerCase(Locale.ROOT));
    }
  }

  private static Map<String, String> options(String text, String query) {
    Map<String, String> options = new HashMap<>();
    for (String part : query.split("&", -1)) {
      if (part.isEmpty()) continue;
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      if (!OPTIONS.contains(name)) {
        throw malformed(text, "no option is called '" + name + "', there is " + OPTIONS);
      }
      options.put(name, equals < 0 ? "yes" : part.substring(equals + 1));
    }
    return options;
  }

  private static Path path(String text) {
    return text.startsWith("~/")
        ? Path.of(System.getProperty("user.home"), text.substring(2))
        : Path.of(text);
  }

  private static DeviceUnable malformed(String text, String why) {
    return new DeviceUnable(
        "device must be like ssh://root@ohm or ssh://me@10.0.0.2:2222?sudo&jump=gate, got '%s': %s"
            .formatted(text, why));
  }
}
