package besser.rig.run;

import besser.experiment.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a running step and those who watch it meet: the folder {@code .live} of a run's directory.
 * Whoever watches touches a mark there; while the mark is fresh, each running step rewrites a small
 * file once a second. So a run that nobody watches does nothing for it, which matters where the
 * machine that computes is the one that is measured.
 */
public final class WatchPoint {
  /** The folder; no part of the run's record. */
  static final String FOLDER = ".live";

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final String MARK = "watched";
  private static final String ENDING = ".json";

  private final Path folder;

  /** Of the run in a directory. */
  public WatchPoint(Path root) {
    this.folder = root.resolve(FOLDER);
  }

  /** Whether somebody has looked within the last five seconds. */
  public boolean isWatched() {
    try {
      Instant touched = Files.getLastModifiedTime(folder.resolve(MARK)).toInstant();
      return Duration.between(touched, Instant.now()).compareTo(FRESH) < 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Shows a step, in place of what was shown of its repetition before. */
  public void show(LiveStep step) {
    Path file = file(step.repetition());
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    try {
      // Not forced to disk: nothing is lost with it, and a sync would disturb what is measured.
      Files.writeString(fresh, Json.line(step), StandardCharsets.UTF_8);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // A full disk, or the watcher has just left: the run must not suffer from being looked at.
      return;
    }
  }

  /** Takes a repetition's step away, because it ended. */
  public void end(RepetitionId repetition) {
    try {
      Files.deleteIfExists(file(repetition));
    } catch (IOException e) {
      // It is stale then, and told so by its age.
      return;
    }
  }

  private Path file(RepetitionId repetition) {
    return folder.resolve(repetition.variant() + "-" + repetition.number() + ENDING);
  }

  /**
   * Asks the running steps to show themselves for the next five seconds.
   *
   * @throws UncheckedIOException when the directory cannot be written
   */
  public void watch() {
    Path mark = folder.resolve(MARK);
    try {
      Files.createDirectories(folder);
      if (Files.exists(mark)) {
        Files.setLastModifiedTime(mark, FileTime.from(Instant.now()));
      } else {
        Files.writeString(mark, "");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot ask the run to show itself, %s is not writable: %s"
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  /** Ends watching and removes what was there for it. */
  public void leave() {
    if (!Files.isDirectory(folder)) return;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // Another who watches keeps it in use.
      return;
    }
  }

  /**
   * What a step showed last.
   *
   * @param age since it was written
   */
  public record Seen(LiveStep step, Duration age) {}

  /** What the running steps have shown, by repetition. */
  public List<Seen> steps() {
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> files = Files.list(folder)) {
      List<Seen> seen = new ArrayList<>();
      for (Path file : files.filter(WatchPoint::isShown).sorted().toList()) read(file, seen);
      return seen;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  private static boolean isShown(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(ENDING) && !name.startsWith(".");
  }

  private static void read(Path file, List<Seen> into) throws IOException {
    try {
      Instant written = Files.getLastModifiedTime(file).toInstant();
      LiveStep step = Json.read(Files.readString(file), LiveStep.class);
      into.add(new Seen(step, Duration.between(written, Instant.now())));
    } catch (NoSuchFileException e) {
      // It ended in between.
      return;
    } catch (Json.Malformed e) {
      throw new DamagedRun(file + ": " + e.getMessage(), e);
    }
  }
}
