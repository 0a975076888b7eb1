package besser.kernel.inet;

import besser.kernel.Kernel;
import besser.kernel.LockClass;
import besser.kernel.WaitQueue;
import besser.kernel.machine.Machine;
import besser.kernel.net.SkBuff;
import besser.kernel.net.SkBuffList;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A TCP socket that accepts one connection and receives: reassembly, SACK, acknowledgements,
 * window, as {@code net/ipv4/tcp_input.c} does. It never sends data.
 *
 * <p>Behaviour left out: header prediction's shortcuts (same outcome), collapsing of buffers, SACK
 * compression, urgent data, keep-alive.
 */
public final class TcpSocket implements IpLayer.Socket {
  private static final LockClass WAIT_LOCK = new LockClass("sk.sk_wq", "net");
  private static final int WINDOW_SCALE = 7;
  private static final int ACK_HEADROOM = 320;
  private static final int ACK_TAILROOM = 64;
  private static final int INITIAL_SEQUENCE = 1_000_000;

  private enum State {
    LISTEN,
    SYN_RECEIVED,
    ESTABLISHED,
    CLOSE_WAIT,
    CLOSED
  }

  private final Machine machine;
  private final Kernel kernel;
  private final IpLayer ip;
  private final TcpSocketConfig config;
  private final SocketLock lock;
  private final WaitQueue waitQueue;
  private final SkBuffList receiveQueue;
  private final SkBuffList outOfOrder;
  private final TcpWindow window;
  private final TcpAcks acks;
  private final SackBlocks sacks = new SackBlocks();
  private final TcpHeader incoming = new TcpHeader();
  private final TcpHeader outgoing = new TcpHeader();
  private final TcpCounters counters = new TcpCounters();
  private final BooleanSupplier readable = this::isReadable;
  private final Runnable onRelease = this::released;

  private State state = State.LISTEN;
  private Ipv4Address peer = new Ipv4Address(0);
  private int peerPort;
  private boolean timestamps;
  private boolean sackPermitted;
  private int recentTimestamp;
  private int next;
  private int copied;
  private int usedBytes;
  private int segmentBytes;
  private boolean timerDeferred;

  /** A socket that listens on the configuration's port. */
  public TcpSocket(Machine machine, IpLayer ip, TcpSocketConfig config) {
    this.machine = machine;
    this.kernel = machine.kernel();
    this.ip = ip;
    this.config = config;
    this.segmentBytes = config.segmentBytes();
    this.lock = new SocketLock(kernel, this::process);
    this.waitQueue = kernel.waitQueue(WAIT_LOCK);
    this.receiveQueue = kernel.net().skbQueueHead("sk.sk_receive_queue");
    this.outOfOrder = kernel.net().skbQueueHead("tp.out_of_order_queue");
    this.window = new TcpWindow(config.initialBufferBytes(), config.maxBufferBytes());
    this.acks = new TcpAcks(kernel, this::delayedAck);
    ip.bind(this);
  }

  /** Its counters, as {@code nstat} would show them. */
  public TcpCounters counters() {
    return counters;
  }

  @Override
  public int protocol() {
    return Ipv4Header.TCP;
  }

  @Override
  public int port() {
    return config.port();
  }

  @Override
  public void receive(SkBuff packet, Ipv4Address from) {
    try (var _ = kernel.enter(InetFunctions.TCP_V4_RCV)) {
      // Nothing may switch contexts between reading the shared header and using it.
      if (!incoming.read(packet.bytes(), packet.dataOffset(), packet.length())) {
        kernel.net().kfreeSkb(packet);
        return;
      }
      packet.pull(incoming.headerBytes());
      packet.setControlBlock(TcpSegment.of(incoming, packet.length()));
      if (state == State.LISTEN && incoming.has(TcpHeader.SYN)) accept(from);
      lock.lockInSoftirq();
      if (lock.isOwned()) lock.addToBacklog(packet);
      else process(packet);
      lock.unlockInSoftirq();
    }
  }

  /** Takes over what a SYN says, before anything else can run. */
  private void accept(Ipv4Address from) {
    peer = from;
    peerPort = incoming.sourcePort();
    timestamps = incoming.hasTimestamp();
    sackPermitted = incoming.sackPermitted();
    if (incoming.maximumSegmentBytes() > 0) {
      segmentBytes = Math.min(config.segmentBytes(), incoming.maximumSegmentBytes());
    }
    if (timestamps) segmentBytes -= 12;
    recentTimestamp = incoming.timestampValue();
    next = incoming.sequence() + 1;
    copied = next;
    int scale = incoming.windowScale() >= 0 ? WINDOW_SCALE : 0;
    window.open(next, scale, kernel.clock().ktimeNanos());
  }

  /** {@code tcp_v4_do_rcv}; in softirq, or in the task that works off the backlog. */
  private void process(SkBuff packet) {
    TcpSegment segment = TcpSegment.of(packet);
    try (var _ = kernel.enter(InetFunctions.TCP_V4_DO_RCV)) {
      if (segment.has(TcpHeader.RST)) {
        if (state != State.LISTEN) closed();
        kernel.net().kfreeSkb(packet);
        return;
      }
      switch (state) {
        case CLOSED -> kernel.net().kfreeSkb(packet);
        case LISTEN, SYN_RECEIVED -> handshake(packet, segment);
        case ESTABLISHED, CLOSE_WAIT -> established(packet, segment);
      }
    }
  }

  private void handshake(SkBuff packet, TcpSegment segment) {
    try (var _ = kernel.enter(InetFunctions.TCP_RCV_STATE)) {
      if (segment.has(TcpHeader.SYN)) {
        state = State.SYN_RECEIVED;
        sendSegment(true);
        kernel.net().kfreeSkb(packet);
        return;
      }
      if (state == State.LISTEN || !segment.has(TcpHeader.ACK)) {
        kernel.net().kfreeSkb(packet);
        return;
      }
      state = State.ESTABLISHED;
    }
    established(packet, segment);
  }

  private void established(SkBuff packet, TcpSegment segment) {
    try (var _ = kernel.enter(InetFunctions.TCP_RCV_ESTABLISHED)) {
      counters.segments++;
      if (outsideWindow(segment)) {
        counters.outsideWindow++;
        acks.enterQuickMode(window.announced(), segmentBytes);
        if (sackPermitted && TcpHeader.before(segment.sequence(), next)) duplicate(segment);
        kernel.net().kfreeSkb(packet);
        sendAck();
        return;
      }
      if (segment.hasTimestamp() && !TcpHeader.before(next, segment.sequence())) {
        measureRoundTrip(segment);
        recentTimestamp = segment.timestampValue();
      }
      if (segment.sequence() == segment.end()) kernel.net().kfreeSkb(packet);
      else dataQueue(packet, segment);
      acknowledgeIfDue();
    }
  }

  /** {@code tcp_sequence}, negated; an empty segment at the edge is inside. */
  private boolean outsideWindow(TcpSegment segment) {
    boolean old = TcpHeader.before(segment.end(), window.announcedAt());
    boolean beyond = TcpHeader.before(next + window.open(next), segment.sequence());
    return old || beyond;
  }

  private void measureRoundTrip(TcpSegment segment) {
    int payload = segment.end() - segment.sequence();
    if (segment.timestampEcho() == 0 || payload < segmentBytes) return;
    long millis = Math.max(1, timestampNow() - segment.timestampEcho());
    window.measuredRoundTrip(millis * 1_000_000);
  }

  private void dataQueue(SkBuff packet, TcpSegment segment) {
    if (segment.sequence() == next) {
      queueInOrder(packet, segment);
    } else if (!TcpHeader.before(next, segment.end())) {
      acks.enterQuickMode(window.announced(), segmentBytes);
      duplicate(segment);
      acks.schedule();
      kernel.net().kfreeSkb(packet);
    } else if (TcpHeader.before(segment.sequence(), next)) {
      duplicate(segment);
      int overlap = next - segment.sequence();
      packet.pull(Math.min(overlap, packet.length()));
      TcpSegment rest = new TcpSegment(next, segment.end(), segment.flags(), false, 0, 0);
      packet.setControlBlock(rest);
      queueInOrder(packet, rest);
    } else {
      queueOutOfOrder(packet, segment);
    }
  }

  private void duplicate(TcpSegment segment) {
    counters.duplicates++;
    if (sackPermitted) sacks.duplicate(segment.sequence(), segment.end());
  }

  private void queueInOrder(SkBuff packet, TcpSegment segment) {
    if (window.open(next) == 0 || !makeRoom(packet)) {
      counters.dropped++;
      acks.enterQuickMode(window.announced(), segmentBytes);
      acks.schedule();
      kernel.net().kfreeSkb(packet);
      return;
    }
    try (var _ = kernel.enter(InetFunctions.TCP_QUEUE_RCV)) {
      append(packet, segment);
    }
    if (!outOfOrder.peek().isEmpty()) {
      drainOutOfOrder();
      if (outOfOrder.peek().isEmpty()) acks.atOnce();
    }
    sacks.acknowledged(next);
    dataReady();
  }

  private void append(SkBuff packet, TcpSegment segment) {
    int payload = packet.length();
    usedBytes += packet.truesize();
    next = segment.end();
    acks.dataArrived(window.announced(), segmentBytes);
    if (payload >= segmentBytes) window.measure(payload, packet.truesize());
    if (payload < segmentBytes || segment.has(TcpHeader.PSH)) acks.pushed();
    if (payload >= 128 && window.grow(payload, packet.truesize(), usedBytes, segmentBytes)) {
      acks.quicken();
    }
    if (segment.has(TcpHeader.FIN)) {
      state = State.CLOSE_WAIT;
      acks.atOnce();
    }
    if (payload == 0) {
      usedBytes -= packet.truesize();
      kernel.net().kfreeSkb(packet);
      return;
    }
    receiveQueue.unlockedQueueTail(packet);
  }

  private void drainOutOfOrder() {
    for (Optional<SkBuff> head = outOfOrder.peek(); head.isPresent(); head = outOfOrder.peek()) {
      SkBuff packet = head.get();
      TcpSegment segment = TcpSegment.of(packet);
      if (TcpHeader.before(next, segment.sequence())) return;
      outOfOrder.unlockedUnlink(packet);
      usedBytes -= packet.truesize();
      if (!TcpHeader.before(next, segment.end())) {
        duplicate(segment);
        kernel.net().kfreeSkb(packet);
        continue;
      }
      packet.pull(Math.min(next - segment.sequence(), packet.length()));
      append(packet, new TcpSegment(next, segment.end(), segment.flags(), false, 0, 0));
    }
  }

  private void queueOutOfOrder(SkBuff packet, TcpSegment segment) {
    try (var _ = kernel.enter(InetFunctions.TCP_DATA_QUEUE_OFO)) {
      counters.outOfOrder++;
      if (!makeRoom(packet)) {
        counters.dropped++;
        kernel.net().kfreeSkb(packet);
        return;
      }
      acks.schedule();
      Optional<SkBuff> before = outOfOrder.peekTail();
      while (before.isPresent()
          && TcpHeader.before(segment.sequence(), TcpSegment.of(before.get()).sequence())) {
        before = outOfOrder.previousOf(before.get());
      }
      if (before.isPresent()
          && !TcpHeader.before(TcpSegment.of(before.get()).end(), segment.end())) {
        duplicate(segment);
        kernel.net().kfreeSkb(packet);
        return;
      }
      insertBehind(before, packet);
      usedBytes += packet.truesize();
      if (sackPermitted) sacks.add(segment.sequence(), segment.end());
    }
  }

  private void insertBehind(Optional<SkBuff> before, SkBuff packet) {
    Optional<SkBuff> behind =
        before.isPresent() ? outOfOrder.nextOf(before.get()) : outOfOrder.peek();
    if (behind.isPresent()) outOfOrder.unlockedQueueBefore(behind.get(), packet);
    else outOfOrder.unlockedQueueTail(packet);
  }

  /** {@code tcp_try_rmem_schedule}: throws away out-of-order data, the highest first. */
  private boolean makeRoom(SkBuff packet) {
    while (usedBytes + packet.truesize() > window.bufferBytes()) {
      Optional<SkBuff> last = outOfOrder.peekTail();
      if (last.isEmpty()) return usedBytes <= window.bufferBytes();
      outOfOrder.unlockedUnlink(last.get());
      usedBytes -= last.get().truesize();
      kernel.net().kfreeSkb(last.get());
      counters.pruned++;
      sacks.clear();
    }
    return true;
  }

  /** {@code sock_def_readable}: wakes only when someone sleeps. */
  private void dataReady() {
    try (var _ = kernel.enter(InetFunctions.SOCK_DEF_READABLE)) {
      if (waitQueue.isActive()) waitQueue.wakeUp();
    }
  }

  /** {@code __tcp_ack_snd_check}. */
  private void acknowledgeIfDue() {
    if (!acks.isScheduled()) return;
    boolean secondSegment =
        next - window.announcedAt() > segmentBytes
            && window.candidate(usedBytes, segmentBytes) >= window.announced();
    boolean gap = outOfOrder.peek().isPresent();
    if (secondSegment || acks.isDueAtOnce() || gap || acks.delay(roundTripJiffies())) sendAck();
  }

  private long roundTripJiffies() {
    return window.roundTripNanos() * kernel.clock().hz() / 1_000_000_000L;
  }

  /** The delayed acknowledgement timer; put off while a task owns the socket. */
  private void delayedAck() {
    lock.lockInSoftirq();
    if (lock.isOwned()) {
      timerDeferred = true;
    } else if (acks.timerFired()) {
      counters.delayedAcks++;
      sendAck();
    }
    lock.unlockInSoftirq();
  }

  /** {@code tcp_release_cb}: what was put off while the task owned the socket. */
  private void released() {
    if (!timerDeferred) return;
    timerDeferred = false;
    if (acks.timerFired()) {
      counters.delayedAcks++;
      sendAck();
    }
  }

  private void sendAck() {
    try (var _ = kernel.enter(InetFunctions.TCP_SEND_ACK)) {
      sendSegment(false);
    }
  }

  private void sendSegment(boolean synchronise) {
    Optional<SkBuff> room = kernel.net().allocSkb(ACK_HEADROOM, ACK_TAILROOM);
    if (room.isEmpty()) {
      acks.retryLater();
      return;
    }
    SkBuff packet = room.get();
    try (var _ = kernel.enter(InetFunctions.TCP_TRANSMIT_SKB)) {
      fill(packet, synchronise);
      counters.acksSent++;
      acks.sent();
      ip.transmit(packet, peer, Ipv4Header.TCP);
    }
  }

  /** Uses the shared header; nothing in here may switch contexts. */
  private void fill(SkBuff packet, boolean synchronise) {
    outgoing.clear().ports(config.port(), peerPort).acknowledge(next);
    if (timestamps) outgoing.timestamp(timestampNow(), recentTimestamp);
    if (synchronise) {
      outgoing.flag(TcpHeader.SYN).sequence(INITIAL_SEQUENCE);
      outgoing.synOptions(config.segmentBytes(), window.scale()).window(window.announced());
    } else {
      outgoing.sequence(INITIAL_SEQUENCE + 1);
      sacks.tell(outgoing);
      outgoing.window(Math.min(0xffff, window.announce(next, usedBytes, segmentBytes)));
    }
    int at = packet.push(outgoing.encodedBytes());
    outgoing.write(packet.bytes(), at);
  }

  private int timestampNow() {
    return (int) (kernel.clock().ktimeNanos() / 1_000_000) + 1;
  }

  private void closed() {
    state = State.CLOSED;
    dataReady();
  }

  /** {@code tcp_poll}, then sleeps until data or the end has arrived. */
  public void awaitReadable() {
    try (var _ = kernel.enter(InetFunctions.TCP_POLL)) {
      waitQueue.waitEvent(readable);
    }
  }

  private boolean isReadable() {
    return receiveQueue.peek().isPresent() || isAtEnd();
  }

  private boolean isAtEnd() {
    return state == State.CLOSE_WAIT || state == State.CLOSED;
  }

  /**
   * {@code recvmsg}, from a task: copies what has arrived, sleeping when nothing has.
   *
   * @return the bytes copied into {@code buffer}, 0 at the end of the stream
   */
  public int recvmsg(byte[] buffer) {
    lock.own();
    int got = 0;
    try (var _ = kernel.enter(InetFunctions.TCP_RECVMSG)) {
      while (true) {
        got = copyQueued(buffer, got);
        if (got > 0 || isAtEnd()) break;
        lock.disown(onRelease);
        waitQueue.waitEvent(readable);
        lock.own();
      }
      afterCopy(got);
    }
    lock.disown(onRelease);
    return got;
  }

  private int copyQueued(byte[] buffer, int from) {
    int got = from;
    while (got < buffer.length) {
      Optional<SkBuff> head = receiveQueue.peek();
      if (head.isEmpty()) return got;
      SkBuff packet = head.get();
      int chunk = Math.min(packet.length(), buffer.length - got);
      System.arraycopy(packet.bytes(), packet.dataOffset(), buffer, got, chunk);
      payForCopy(chunk);
      packet.pull(chunk);
      got += chunk;
      copied += chunk;
      try (var _ = kernel.enter(InetFunctions.TCP_RCV_SPACE)) {
        window.consumed(copied, kernel.clock().ktimeNanos(), segmentBytes);
      }
      if (packet.length() > 0) return got;
      receiveQueue.unlockedUnlink(packet);
      usedBytes -= packet.truesize();
      kernel.net().kfreeSkb(packet);
    }
    return got;
  }

  private void payForCopy(int bytes) {
    try (var _ = kernel.enter(InetFunctions.COPY_TO_USER)) {
      machine.consume(Math.round(bytes * machine.config().costs().copyNanosPerByte()));
    }
  }

  /** {@code tcp_cleanup_rbuf}: tells the sender of a window that has opened, or of old data. */
  private void afterCopy(int got) {
    boolean drained = got > 0 && usedBytes == 0 && acks.wasPushed();
    boolean owed = acks.isScheduled() && (drained || next - window.announcedAt() > segmentBytes);
    boolean opened = false;
    int open = window.open(next);
    if (got > 0 && !owed && !isAtEnd()) {
      int candidate = window.candidate(usedBytes, segmentBytes);
      opened = candidate > 0 && candidate >= 2L * open;
    }
    if (owed || opened) {
      if (opened) counters.windowUpdates++;
      sendAck();
    }
  }
}
