package besser.rig.connection;

import besser.rig.device.DeviceLost;
import besser.rig.device.DeviceUnable;
import java.time.Duration;

/**
 * A shell on a device. May be used by several threads; every script gets a shell of its own over
 * the one connection.
 *
 * <p>Scripts are POSIX shell (dash, busybox ash). Every method throws {@link DeviceLost} when the
 * device cannot be reached and {@link DeviceUnable} when it can but refuses the user or the shell.
 */
public interface Connection extends AutoCloseable {
  /** As the user named the device, for messages. */
  String name();

  /**
   * Runs a script without input and waits for its end.
   *
   * @param limit after which it is ended, and {@link DeviceLost} thrown
   */
  Output run(String script, Duration limit);

  /**
   * Starts a script that goes on while this side does other things. It must end when its input
   * ends; {@link Shell#untilInputEnds} makes it so.
   */
  Running start(String script);

  /** Whether a script could be started now, as far as is known without trying. */
  boolean isOpen();

  /** Ends all that still runs over it. */
  @Override
  void close();
}
