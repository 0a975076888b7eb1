package besser.bench.versions;

import besser.bench.Spread;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares the CPU time that two versions of besser need for the same repetition. They take turns
 * at each virtual second, so that what disturbs the host disturbs both; the first third, in which
 * compilers work, is left out.
 */
public final class VersionComparison {
  private static final String BENCH = "besser-bench-";

  private final Path here;
  private final String variant;
  private final int divisor;

  private VersionComparison(Path here, String variant, int divisor) {
    this.here = here;
    this.variant = variant;
    this.divisor = divisor;
  }

  /**
   * Arguments: this checkout, the other checkout, both built, the variant and what the ramp's
   * durations are divided by.
   */
  public static void main(String[] args) throws Exception {
    if (args.length != 4) {
      throw new IllegalArgumentException("wants HERE OTHER VARIANT DIVISOR, got " + args.length);
    }
    new VersionComparison(Path.of(args[0]), args[2], Integer.parseInt(args[3]))
        .run(Path.of(args[1]));
  }

  private void run(Path other) throws IOException, InterruptedException, ExecutionException {
    Semaphore ofOne = new Semaphore(1);
    Semaphore ofTwo = new Semaphore(0);
    Turn one = new Turn(ofOne, ofTwo);
    Turn two = new Turn(ofTwo, ofOne);
    try (URLClassLoader first = loader(here);
        URLClassLoader second = loader(other);
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<?> running = threads.submit(() -> repetition(first, one));
      threads.submit(() -> repetition(second, two)).get();
      running.get();
    }
    report(one.seconds(), two.seconds(), other);
  }

  private void repetition(ClassLoader loader, Turn turn) {
    turn.begin();
    try {
      Runnable second = turn::next;
      Class<?> paced = loader.loadClass(PacedRepetition.class.getName());
      ((Runnable)
              paced
                  .getConstructor(Path.class, String.class, int.class, Runnable.class)
                  .newInstance(here, variant, divisor, second))
          .run();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot run a repetition of that version", e);
    } finally {
      turn.end();
    }
  }

  /** This version's benchmark classes over a version's own libraries. */
  private URLClassLoader loader(Path version) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars(here.resolve("bench").resolve("target"))) {
      if (jar.getFileName().toString().startsWith(BENCH)) {
        urls.add(jar.toUri().toURL());
      }
    }
    Path libraries = version.resolve("cli").resolve("target").resolve("lib");
    if (!Files.isDirectory(libraries)) {
      throw new IllegalArgumentException(
          version + " is not built: run " + version.resolve("besser") + " --version there first");
    }
    for (Path jar : jars(libraries)) {
      urls.add(jar.toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static List<Path> jars(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private void report(List<Double> ours, List<Double> theirs, Path other) {
    int turns = Math.min(ours.size(), theirs.size());
    int warm = turns / 3;
    if (turns - warm < 4) {
      throw new IllegalArgumentException("too few seconds to compare, got " + turns);
    }
    Spread ratios =
        new Spread(
            IntStream.range(warm, turns).mapToObj(i -> ours.get(i) / theirs.get(i)).toList());
    System.out.printf(
        Locale.ROOT,
        "%s, %d virtual seconds behind %d of warm-up (simulated):%n"
            + "  CPU time here / in %s: median %.3f, middle half %.3f to %.3f%n"
            + "  virtual seconds per CPU second: %.1f here, %.1f there%n",
        variant,
        turns - warm,
        warm,
        other,
        ratios.median(),
        ratios.quantile(0.25),
        ratios.quantile(0.75),
        rate(ours.subList(warm, turns)),
        rate(theirs.subList(warm, turns)));
  }

  private static double rate(List<Double> seconds) {
    return seconds.size() / seconds.stream().mapToDouble(Double::doubleValue).sum();
  }
}
