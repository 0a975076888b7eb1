package besser.rig.run;

import besser.experiment.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The run's append-only log, one JSON object a line, forced to disk line by line: what it says has
 * happened. A last line without its line feed was cut by a crash and counts as not written.
 *
 * <p>An open journal holds a lock on its file, so that two processes never drive one run.
 */
public final class Journal implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private Journal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a journal for appending, creating it if needed and cutting off a torn last line.
   *
   * @throws RunInUse when another process drives this run
   */
  static Journal open(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      lock(file, channel);
      long whole = wholeLines(Files.readAllBytes(file));
      channel.truncate(whole);
      channel.position(whole);
      return new Journal(file, channel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + file, e);
    }
  }

  private static void lock(Path file, FileChannel channel) throws IOException {
    // The lock lives as long as its channel, which close() ends.
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new RunInUse(file, e);
    }
    if (lock == null) {
      channel.close();
      throw new RunInUse(file);
    }
  }

  /** Whether some process, this one included, has a journal open. */
  static boolean isLocked(Path file) {
    if (!Files.exists(file)) return false;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot ask whether " + file + " is in use", e);
    }
  }

  /** Appends one entry; it is on disk when this returns. */
  public synchronized void append(JournalEntry entry) {
    try {
      ByteBuffer line = ByteBuffer.wrap((Json.line(entry) + "\n").getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) channel.write(line);
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot append to " + file + ": " + e.getMessage(), e);
    }
  }

  /** All whole entries so far. */
  public List<JournalEntry> entries() {
    return read(file);
  }

  /** All whole entries of a journal that need not be open. */
  static List<JournalEntry> read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, 0, (int) wholeLines(bytes), StandardCharsets.UTF_8);
      List<JournalEntry> entries = new ArrayList<>();
      int number = 0;
      for (String line : text.lines().toList()) {
        number++;
        entries.add(parse(line, file + ":" + number));
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static JournalEntry parse(String line, String where) {
    try {
      return Json.read(line, JournalEntry.class);
    } catch (Json.Malformed e) {
      throw new DamagedRun(where + ": " + e.getMessage(), e);
    }
  }

  private static long wholeLines(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') end--;
    return end;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + file, e);
    }
  }
}
