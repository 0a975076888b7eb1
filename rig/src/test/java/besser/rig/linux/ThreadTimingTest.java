package besser.rig.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ThreadTimingTest {
  private static final Pattern SPACE = Pattern.compile(" ");

  /** The fields of proc_pid_stat(5) after the command's name, of which policy is number 41. */
  private static final int POLICY = 41 - 3;

  @Test
  void thisThreadAloneRunsBeforeOthersUntilItIsOrdinaryAgain() throws IOException {
    assertEquals(Optional.empty(), ThreadTiming.realTime());
    try {
      assertEquals("2", policy("/proc/thread-self/stat"));
      assertEquals("0", policy("/proc/self/stat"));
    } finally {
      assertEquals(Optional.empty(), ThreadTiming.ordinary());
    }
    assertEquals("0", policy("/proc/thread-self/stat"));
  }

  @Test
  void exactWakeUpsCanBeHad() {
    assertEquals(Optional.empty(), ThreadTiming.wakeExactly());
    assertTrue(ThreadTiming.cpuNanos() > 0);
  }

  private static String policy(String file) throws IOException {
    String stat = Files.readString(Path.of(file));
    List<String> fields = SPACE.splitAsStream(stat.substring(stat.lastIndexOf(')') + 2)).toList();
    return fields.get(POLICY);
  }
}
