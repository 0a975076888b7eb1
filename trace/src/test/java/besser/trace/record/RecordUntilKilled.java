package besser.trace.record;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A program that records into a file, says where its instance is, and goes on until it is killed.
 */
final class RecordUntilKilled {
  private RecordUntilKilled() {}

  public static void main(String[] arguments) throws Exception {
    RecordingPlan plan = RecordingPlan.of(List.of(EventChoice.of("sched")), List.of());
    try (Recorder recorder = Recorder.prepare(Tracefs.mounted(), plan)) {
      recorder.startToDisk(Path.of(arguments[0]));
      System.out.println(recorder.instanceDirectory());
      System.out.flush();
      new CountDownLatch(1).await();
    }
  }
}
