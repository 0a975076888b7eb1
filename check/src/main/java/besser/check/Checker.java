package besser.check;

import besser.kernel.observe.Observer;
import java.util.List;

/**
 * Watches one run and says what was wrong in it. Told of everything as an observer, so it must not
 * call the kernel; made anew for each run.
 */
public interface Checker extends Observer {
  /** What it checks, such as {@code data races}. */
  String checkerName();

  /** The run is over; nothing more will be announced. */
  default void ended(RunEnd end) {}

  /** What it found, in the order found; complete after {@link #ended}. */
  List<Finding> findings();
}
