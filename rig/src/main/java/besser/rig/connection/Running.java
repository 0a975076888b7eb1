package besser.rig.connection;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;

/** A script that is running on a device. */
public interface Running extends AutoCloseable {
  /** What it writes. To be read by one thread; ends when the script or the connection does. */
  InputStream output();

  /** What it reads. Closing this is how it is told to end. */
  OutputStream input();

  /** The last 8 KiB of what it has said on its standard error; all of its words once it ended. */
  String errors();

  /** Whether it has not ended yet. */
  boolean isRunning();

  /** Waits for its end; its exit status, or nothing when it still runs after the limit. */
  OptionalInt awaitEnd(Duration limit);

  /** Ends its input, gives it two seconds, and takes it down if it still runs. */
  @Override
  void close();
}
