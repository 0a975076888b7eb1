package besser.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * From the short names that users type to files: {@code patch-c} is {@code plans/patch-c.yaml} here
 * or beside besser itself; anything with a slash or an ending is a path.
 */
final class Names {
  private static final String ENDING = ".yaml";

  private Names() {}

  /** The file of a plan. */
  static Path plan(String name) {
    return find("plans", "plan", name);
  }

  /** The file of a simulated device's profile. */
  static Path profile(String name) {
    return find("profiles", "profile", name);
  }

  private static Path find(String folder, String kind, String name) {
    if (name.indexOf('/') >= 0 || name.endsWith(ENDING)) {
      Path file = Path.of(name);
      if (Files.isRegularFile(file)) return file;
      throw new BadInput(file + ": there is no such " + kind + " file");
    }
    for (Path place : places(folder)) {
      Path file = place.resolve(name + ENDING);
      if (Files.isRegularFile(file)) return file;
    }
    throw new BadInput(
        "no %s is called '%s'; there %s; or give a path to a .yaml file"
            .formatted(kind, name, known(folder)));
  }

  private static List<Path> places(String folder) {
    return List.of(Path.of(folder), home().resolve(folder));
  }

  /** Whether a plan is one of those that ship with besser. */
  static boolean ships(Path plan) {
    Path folder = plan.toAbsolutePath().normalize().getParent();
    return home().resolve("plans").toAbsolutePath().normalize().equals(folder);
  }

  /** Where a new run goes when its user names no place. */
  static Path freshRun(String what, boolean quick) {
    String time =
        LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
    return Path.of("runs", what + "-" + time + (quick ? "-quick" : ""));
  }

  /** Where besser itself lives. */
  static Path home() {
    return Path.of(System.getProperty("besser.home", "."));
  }

  private static String known(String folder) {
    List<String> names = new ArrayList<>();
    for (Path place : places(folder)) {
      if (!Files.isDirectory(place)) continue;
      try (Stream<Path> files = Files.list(place)) {
        files
            .map(file -> file.getFileName().toString())
            .filter(file -> file.endsWith(ENDING))
            .map(file -> file.substring(0, file.length() - ENDING.length()))
            .filter(name -> !names.contains(name))
            .sorted()
            .forEach(names::add);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot list " + place, e);
      }
    }
    return names.isEmpty() ? "are none" : "is " + String.join(", ", names);
  }
}
