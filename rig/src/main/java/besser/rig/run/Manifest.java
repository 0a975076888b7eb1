package besser.rig.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The checksums of everything in a run directory, in the form that {@code sha256sum -c} reads. The
 * journal is left out: it grows after the manifest is written.
 */
public final class Manifest {
  private static final String NAME = "MANIFEST.sha256";

  private Manifest() {}

  /** Writes the manifest of what is there now. */
  public static void write(RunDirectory run) {
    StringBuilder text = new StringBuilder();
    for (Path file : files(run.root())) {
      text.append(digest(file)).append("  ").append(run.root().relativize(file)).append('\n');
    }
    WholeFile.write(run.root().resolve(NAME), text.toString());
  }

  /** What does not agree with the manifest, one line a file; empty when everything does. */
  public static List<String> check(RunDirectory run) {
    List<String> problems = new ArrayList<>();
    for (String line : readManifest(run.root().resolve(NAME))) {
      int gap = line.indexOf("  ");
      if (gap != 64) {
        problems.add(NAME + ": not a line of checksum and name: " + line);
        continue;
      }
      Path file = run.root().resolve(line.substring(gap + 2));
      if (!Files.exists(file)) {
        problems.add(file + ": is missing");
      } else if (!digest(file).equals(line.substring(0, gap))) {
        problems.add(file + ": was changed after the run");
      }
    }
    return problems;
  }

  private static List<String> readManifest(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static List<Path> files(Path root) {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().equals(NAME))
          .filter(file -> !file.getFileName().toString().equals("journal.jsonl"))
          .filter(file -> !file.startsWith(root.resolve(WatchPoint.FOLDER)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + root, e);
    }
  }

  private static String digest(Path file) {
    try {
      return Digest.sha256(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
