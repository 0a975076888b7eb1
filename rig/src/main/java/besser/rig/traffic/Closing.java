package besser.rig.traffic;

import java.io.Closeable;
import java.io.IOException;

/** Closes what is no longer needed. */
final class Closing {
  private Closing() {}

  static void quietly(Closeable resource) {
    try {
      resource.close();
    } catch (IOException e) {
      // Its descriptor is released even so, and the traffic has ended.
    }
  }
}
