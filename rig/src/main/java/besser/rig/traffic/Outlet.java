package besser.rig.traffic;

import besser.rig.linux.TcpInfo;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A socket as a paced sender needs it: it never blocks but where it says so. */
interface Outlet extends AutoCloseable {
  /** The most that {@link #write} should be given at a time, in bytes. */
  int chunkBytes();

  /**
   * Hands bytes to the kernel.
   *
   * @return how many it took; 0 when it has no room
   * @throws IOException when the peer, or the way to it, is gone
   */
  int write(int bytes) throws IOException;

  /** Waits until there may be room, for {@code limitNanos} at most. */
  void awaitRoom(long limitNanos) throws IOException;

  /** What TCP knows; empty for UDP and where it cannot be asked. */
  Optional<TcpInfo> tcpInfo();

  /** Sees everything acknowledged that can be within a limit; what is left is thrown away. */
  void drain(long limitNanos);

  /** What was done without, and why. */
  List<String> notes();

  @Override
  void close();
}
