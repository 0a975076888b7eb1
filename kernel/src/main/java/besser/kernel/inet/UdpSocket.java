package besser.kernel.inet;

import besser.kernel.Kernel;
import besser.kernel.LockClass;
import besser.kernel.WaitQueue;
import besser.kernel.machine.Machine;
import besser.kernel.net.SkBuff;
import besser.kernel.net.SkBuffList;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A UDP socket that receives; what does not fit its buffer is dropped. */
public final class UdpSocket implements IpLayer.Socket {
  private static final LockClass WAIT_LOCK = new LockClass("sk.sk_wq", "net");

  /** {@code net.core.rmem_default}. */
  public static final int DEFAULT_BUFFER_BYTES = 212_992;

  private final Machine machine;
  private final Kernel kernel;
  private final int port;
  private final int bufferBytes;
  private final SkBuffList queue;
  private final WaitQueue waitQueue;
  private final UdpHeader header = new UdpHeader();
  private final BooleanSupplier readable = this::isReadable;
  private int usedBytes;
  private long datagrams;
  private long bufferErrors;

  /** A socket bound to a port, with {@code sk_rcvbuf} bytes for what waits in it. */
  public UdpSocket(Machine machine, IpLayer ip, int port, int bufferBytes) {
    if (port < 1 || port > 0xffff) {
      throw new IllegalArgumentException("port must be 1 to 65535, got " + port);
    }
    if (bufferBytes < 1) {
      throw new IllegalArgumentException("buffer must be >= 1 byte, got " + bufferBytes);
    }
    this.machine = machine;
    this.kernel = machine.kernel();
    this.port = port;
    this.bufferBytes = bufferBytes;
    this.queue = kernel.net().skbQueueHead("sk.sk_receive_queue");
    this.waitQueue = kernel.waitQueue(WAIT_LOCK);
    ip.bind(this);
  }

  /** {@code UdpInDatagrams}: put into the buffer. */
  public long datagrams() {
    return datagrams;
  }

  /** {@code UdpRcvbufErrors}: dropped because the buffer was full. */
  public long bufferErrors() {
    return bufferErrors;
  }

  @Override
  public int protocol() {
    return Ipv4Header.UDP;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void receive(SkBuff packet, Ipv4Address from) {
    try (var _ = kernel.enter(InetFunctions.UDP_RCV)) {
      if (!header.read(packet.bytes(), packet.dataOffset(), packet.length())) {
        kernel.net().kfreeSkb(packet);
        return;
      }
      packet.trim(UdpHeader.BYTES + header.payloadBytes());
      packet.pull(UdpHeader.BYTES);
      enqueue(packet);
    }
  }

  private void enqueue(SkBuff packet) {
    try (var _ = kernel.enter(InetFunctions.UDP_ENQUEUE)) {
      if (usedBytes > bufferBytes) {
        bufferErrors++;
        kernel.net().kfreeSkb(packet);
        return;
      }
      queue.lock().lock();
      usedBytes += packet.truesize();
      queue.unlockedQueueTail(packet);
      datagrams++;
      queue.lock().unlock();
      try (var _ = kernel.enter(InetFunctions.SOCK_DEF_READABLE)) {
        if (waitQueue.isActive()) waitQueue.wakeUp();
      }
    }
  }

  private boolean isReadable() {
    return queue.length() > 0;
  }

  /** Sleeps until a datagram is there. */
  public void awaitReadable() {
    waitQueue.waitEvent(readable);
  }

  /** {@code recvmsg}, from a task: one datagram, cut to the buffer; its bytes copied. */
  public int recvmsg(byte[] buffer) {
    try (var _ = kernel.enter(InetFunctions.UDP_RECVMSG)) {
      Optional<SkBuff> taken = take();
      while (taken.isEmpty()) {
        awaitReadable();
        taken = take();
      }
      SkBuff packet = taken.get();
      int bytes = Math.min(packet.length(), buffer.length);
      System.arraycopy(packet.bytes(), packet.dataOffset(), buffer, 0, bytes);
      try (var _ = kernel.enter(InetFunctions.COPY_TO_USER)) {
        machine.consume(Math.round(bytes * machine.config().costs().copyNanosPerByte()));
      }
      kernel.net().kfreeSkb(packet);
      return bytes;
    }
  }

  private Optional<SkBuff> take() {
    queue.lock().lockBh();
    Optional<SkBuff> packet = queue.unlockedDequeue();
    packet.ifPresent(p -> usedBytes -= p.truesize());
    queue.lock().unlockBh();
    return packet;
  }
}
