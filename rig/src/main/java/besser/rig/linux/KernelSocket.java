package besser.rig.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A socket of this process by its descriptor, for the options that {@link java.net.SocketOptions}
 * does not reach. Valid as long as the channel it was found for is open.
 *
 * <p>Java keeps a channel's descriptor to itself; it is found by the socket's ports, which {@code
 * /proc/thread-self/net} maps to an inode, and the inode, which {@code /proc/self/fd} names.
 */
public final class KernelSocket {
  private static final int SOL_SOCKET = 1;
  private static final int IPPROTO_TCP = 6;
  private static final int SO_MAX_PACING_RATE = 47;
  private static final int TCP_INFO = 11;
  private static final int TCP_CONGESTION = 13;
  private static final int TCP_NOTSENT_LOWAT = 25;
  private static final int TCP_INFO_BYTES = 256;

  private final int descriptor;

  private KernelSocket(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Finds the descriptor of a TCP connection. To be called inside the connection's namespace.
   *
   * @throws IOException when this is not Linux or the socket is not found
   */
  public static KernelSocket ofConnection(InetSocketAddress local, InetSocketAddress remote)
      throws IOException {
    Libc.get();
    for (String inode : SocketTable.tcp().inodes(local, remote)) {
      int descriptor = descriptorOf(inode);
      if (descriptor >= 0) return new KernelSocket(descriptor);
    }
    throw new IOException("no descriptor found for the connection to " + remote);
  }

  private static int descriptorOf(String inode) throws IOException {
    String wanted = "socket:[" + inode + "]";
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path entry : descriptors) {
        if (pointsAt(entry, wanted)) return Integer.parseInt(entry.getFileName().toString());
      }
    }
    return -1;
  }

  private static boolean pointsAt(Path entry, String wanted) {
    try {
      return Files.readSymbolicLink(entry).toString().equals(wanted);
    } catch (IOException e) {
      // A descriptor that was closed while we looked.
      return false;
    }
  }

  /**
   * Bounds how fast the kernel lets a burst onto the wire (socket(7), SO_MAX_PACING_RATE), in bytes
   * of payload and headers a second.
   */
  public void maxPacingRate(long bytesPerSecond) throws IOException {
    setOption(SOL_SOCKET, SO_MAX_PACING_RATE, bytesPerSecond);
  }

  /** Bounds how much may wait in the kernel unsent (tcp(7), TCP_NOTSENT_LOWAT), in bytes. */
  public void maxUnsent(int bytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_INT, bytes);
      Libc.get().setsockopt(descriptor, IPPROTO_TCP, TCP_NOTSENT_LOWAT, value);
    }
  }

  /** The congestion control in use, such as {@code cubic}. */
  public String congestionControl() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(17);
      Libc.get().getsockopt(descriptor, IPPROTO_TCP, TCP_CONGESTION, value.asSlice(0, 16));
      return value.getString(0);
    }
  }

  /**
   * Chooses the congestion control.
   *
   * @throws IOException when the kernel does not have it, or this user may not choose it
   */
  public void congestionControl(String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(name);
      MemorySegment value = text.asSlice(0, text.byteSize() - 1);
      Libc.get().setsockopt(descriptor, IPPROTO_TCP, TCP_CONGESTION, value);
    } catch (IOException e) {
      throw new IOException(
          "congestion control %s cannot be had (%s); the kernel has %s"
              .formatted(name, e.getMessage(), available()),
          e);
    }
  }

  private static String available() {
    Path list = Path.of("/proc/sys/net/ipv4/tcp_available_congestion_control");
    try {
      return List.of(Files.readString(list).strip().split(" +")).toString();
    } catch (IOException e) {
      return "an unknown choice";
    }
  }

  /** What TCP knows of the connection now. */
  public TcpInfo tcpInfo() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(TCP_INFO_BYTES, 8);
      int length = Libc.get().getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, value);
      return TcpInfo.parse(value, length);
    }
  }

  private void setOption(int level, int name, long number) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_LONG, number);
      Libc.get().setsockopt(descriptor, level, name, value);
    }
  }
}
