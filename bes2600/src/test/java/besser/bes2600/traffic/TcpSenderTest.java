package besser.bes2600.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.bes2600.environment.QueueEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

class TcpSenderTest {
  private static final long SECOND = 1_000_000_000;
  private static final int SEGMENT = 1000;
  private static final long ONE_WAY = 5_000_000;

  private final QueueEnvironment environment = new QueueEnvironment(1);
  private final List<String> sent = new ArrayList<>();
  private final TreeSet<Long> waiting = new TreeSet<>();
  private final RateCap application = new RateCap(1 << 20);
  private long expected;
  private long windowBytes = 1 << 20;
  private int drops;
  private LongPredicate loses = number -> false;

  private final TcpSender sender =
      new TcpSender(
          environment,
          new TcpParameters(CongestionControl.Algorithm.NEW_RENO, SEGMENT, 4 << 20, 200_000_000),
          application,
          windowBytes,
          this::send);

  // The path and an immediately acknowledging receiver with SACK.
  private void send(long number, boolean again) {
    sent.add(number + (again ? "r" : ""));
    if (!again && loses.test(number)) {
      drops++;
      return;
    }
    environment.after(ONE_WAY, () -> arrive(number));
  }

  private void arrive(long number) {
    if (number >= expected) waiting.add(number);
    while (waiting.remove(expected)) expected++;
    long upTo = expected;
    List<Long> above = List.copyOf(waiting);
    environment.after(
        ONE_WAY,
        () -> {
          for (long n : above) sender.selectivelyAcknowledged(n, n + 1);
          sender.acknowledged(upTo, windowBytes);
        });
  }

  private void offer(long bytesPerSecond) {
    application.setRate(bytesPerSecond, environment.nowNanos());
    sender.start();
  }

  @Test
  void beginsWithTenSegmentsAndDoublesEachRoundTrip() {
    offer(100_000_000);
    environment.runUntil(9_000_000);
    assertEquals(0, sent.size());
    // The application's first tick comes after 10 ms.
    environment.runUntil(19_000_000);
    assertEquals(10, sent.size());
    environment.runUntil(29_000_000);
    assertEquals(30, sent.size());
    environment.runUntil(39_000_000);
    assertEquals(70, sent.size());
  }

  @Test
  void oneLostSegmentIsSentAgainOnceWithoutATimeout() {
    loses = number -> number == 25;
    offer(10_000_000);
    environment.runUntil(SECOND);
    assertEquals(1, sender.retransmissions());
    assertEquals(0, sender.timeouts());
    assertEquals(1, sender.recoveries());
    assertTrue(sent.contains("25r"));
  }

  @Test
  void severalLossesOfOneWindowAreRepairedInOneRecovery() {
    loses = number -> number == 40 || number == 45 || number == 52;
    offer(10_000_000);
    environment.runUntil(SECOND);
    assertEquals(3, sender.retransmissions());
    assertEquals(1, sender.recoveries());
    assertEquals(0, sender.timeouts());
  }

  @Test
  void aWholeWindowLostIsRepairedByTheTimer() {
    loses = number -> number >= 30 && number < 70;
    offer(10_000_000);
    environment.runUntil(5 * SECOND);
    assertTrue(sender.timeouts() >= 1);
    assertTrue(expected > 1000, "received " + expected);
    assertTrue(drops >= 10, "dropped " + drops);
  }

  @Test
  void neverSendsBeyondTheReceiversWindow() {
    windowBytes = 5 * SEGMENT;
    sender.acknowledged(0, windowBytes);
    offer(100_000_000);
    environment.runUntil(19_000_000);
    assertEquals(5, sent.size());
    environment.runUntil(29_000_000);
    assertEquals(10, sent.size());
  }

  @Test
  void aClosedWindowIsProbedUntilItOpens() {
    windowBytes = 0;
    sender.acknowledged(0, windowBytes);
    offer(1_000_000);
    environment.runUntil(3 * SECOND);
    assertTrue(!sent.isEmpty(), "no probe was sent");
    windowBytes = 1 << 20;
    environment.runUntil(20 * SECOND);
    assertTrue(expected > 1000, "received " + expected);
  }

  @Test
  void theRateCapIsWhatArrivesWhenNothingElseLimits() {
    offer(1_000_000);
    environment.runUntil(SECOND);
    long before = expected;
    environment.runUntil(11 * SECOND);
    assertEquals(10_000_000, (double) (expected - before) * SEGMENT, 100_000);
  }

  @Test
  void anApplicationThatIsHeldUpDoesNotCatchUpBeyondItsBucket() {
    windowBytes = 2 * SEGMENT;
    sender.acknowledged(0, windowBytes);
    offer(4_000_000);
    environment.runUntil(10 * SECOND);
    // 2 segments each 10 ms; the rest waits in the send buffer or was never written.
    assertEquals(2_000_000, (double) expected * SEGMENT, 20_000);
    assertTrue(sender.writtenBytes() <= (4 << 20) + 2_000_000);
  }
}
