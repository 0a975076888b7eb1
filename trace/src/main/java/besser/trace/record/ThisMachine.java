package besser.trace.record;

import besser.trace.ring.PageStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The machine besser runs on. */
public final class ThisMachine implements TracedMachine {
  private static final String MOUNT_POINT = "/sys/kernel/tracing";
  private static final long MOUNT_SECONDS_LIMIT = 10;
  private static final int READ_BYTES = 1 << 16;

  @Override
  public String mountTracefs() throws IOException {
    if (!exists(MOUNT_POINT + "/events")) {
      mount();
    }
    return MOUNT_POINT;
  }

  private static void mount() throws IOException {
    String command = "mount -t tracefs nodev " + MOUNT_POINT;
    try {
      Process mount = new ProcessBuilder(command.split(" ", -1)).redirectErrorStream(true).start();
      String said = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!mount.waitFor(MOUNT_SECONDS_LIMIT, TimeUnit.SECONDS) || mount.exitValue() != 0) {
        throw new IOException("'%s' failed: %s".formatted(command, said.strip()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while mounting tracefs", e);
    }
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(Path.of(path));
  }

  @Override
  public String read(String file) throws IOException {
    if (!exists(file)) {
      return "";
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[READ_BYTES];
    try (FileInputStream in = new FileInputStream(file)) {
      int count;
      while ((count = in.read(piece)) > 0) {
        all.write(piece, 0, count);
      }
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void write(String file, String text) throws IOException {
    Files.write(
        Path.of(file), text.getBytes(StandardCharsets.ISO_8859_1), StandardOpenOption.WRITE);
  }

  @Override
  public void append(String file, String text) throws IOException {
    Files.write(
        Path.of(file),
        text.getBytes(StandardCharsets.ISO_8859_1),
        StandardOpenOption.WRITE,
        StandardOpenOption.APPEND);
  }

  @Override
  public SortedSet<String> directories(String path) throws IOException {
    SortedSet<String> names = new TreeSet<>();
    if (!Files.isDirectory(Path.of(path))) {
      return names;
    }
    try (Stream<Path> children = Files.list(Path.of(path))) {
      for (Path child : (Iterable<Path>) children::iterator) {
        if (Files.isDirectory(child)) {
          names.add(String.valueOf(child.getFileName()));
        }
      }
    }
    return names;
  }

  @Override
  public void createDirectory(String path) throws IOException {
    Files.createDirectory(Path.of(path));
  }

  @Override
  public void removeDirectory(String path) throws IOException {
    Files.delete(Path.of(path));
  }

  @Override
  public SortedMap<Integer, String> threadNames() throws IOException {
    SortedMap<Integer, String> names = new TreeMap<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        addThreads(process, names);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  private static void addThreads(Path process, SortedMap<Integer, String> names) {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path thread : threads) {
        int tid = Integer.parseInt(String.valueOf(thread.getFileName()));
        byte[] name = Files.readAllBytes(thread.resolve("comm"));
        names.put(tid, new String(name, StandardCharsets.ISO_8859_1).stripTrailing());
      }
    } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
      // tasks end while they are listed; the ones that did are not alive now
      return;
    }
  }

  @Override
  public long holderPid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public ByteOrder order() {
    return ByteOrder.nativeOrder();
  }

  @Override
  public int longBytes() {
    return 8;
  }

  @Override
  public PageStream openPages(String traceRaw, int pageBytes, BooleanSupplier stopped)
      throws IOException {
    return new PipePages(traceRaw, pageBytes, stopped);
  }
}
