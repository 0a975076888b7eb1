package besser.bes2600.air;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.bes2600.environment.QueueEnvironment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockAckSenderTest {
  private static final long SECOND = 1_000_000_000;

  private final QueueEnvironment environment = new QueueEnvironment(1);
  private final Medium medium = new Medium(environment);
  private final List<Long> times = new ArrayList<>();
  private final List<Frame> delivered = new ArrayList<>();
  private final List<String> settled = new ArrayList<>();
  private boolean room = true;

  private final ReorderBuffer receiver =
      new ReorderBuffer(
          new ReorderBuffer.Sink() {
            @Override
            public boolean hasRoom() {
              return room;
            }

            @Override
            public void deliver(Frame frame) {
              times.add(environment.nowNanos());
              delivered.add(frame);
            }
          });

  private static LinkParameters link(int frames, int retryLimit) {
    return new LinkParameters(7, retryLimit, frames, 32767, 16, SECOND, 3, 15, 1023);
  }

  private BlockAckSender sender(LinkParameters link, LossParameters loss) {
    return new BlockAckSender(
        environment,
        medium,
        "sender",
        link,
        new LossProcess(loss, environment.random("loss")),
        receiver,
        (frame, acknowledged) -> settled.add(frame.length() + " " + acknowledged));
  }

  private static Frame frame(int bytes) {
    return new Frame(new byte[bytes], 0, bytes);
  }

  @Test
  void oneFrameOnAnIdleChannelStartsAfterAifsAndArrivesAtItsEnd() {
    sender(link(8, 7), LossParameters.none()).enqueue(frame(1534));
    environment.runUntil(SECOND);
    // AIFS 37 + preamble 36 + 1560-byte subframe: 12,502 bits = 49 symbols = 196 + 6 us.
    assertEquals(List.of(275_000L), times);
    assertEquals(List.of("1534 true"), settled);
    // The exchange: 36 + 202 + SIFS 10 + ACK 34.
    assertEquals(282_000, medium.busyNanos());
  }

  @Test
  void framesThatWaitTogetherShareOneAggregate() {
    BlockAckSender sender = sender(link(8, 7), LossParameters.none());
    for (int i = 0; i < 5; i++) sender.enqueue(frame(1534));
    environment.runUntil(SECOND);
    assertEquals(1, sender.ppdus());
    assertEquals(5, delivered.size());
    // 7,800 bytes: 62,422 bits = 241 symbols; 36 + 964 + 6 + 10 + block ack 38.
    assertEquals(1_054_000, medium.busyNanos());
  }

  @Test
  void anAggregateEndsAtTheWindowOfTheAgreement() {
    BlockAckSender sender = sender(link(2, 7), LossParameters.none());
    for (int i = 0; i < 5; i++) sender.enqueue(frame(1534));
    environment.runUntil(SECOND);
    assertEquals(3, sender.ppdus());
  }

  @Test
  void aFullQueueDropsItsTail() {
    BlockAckSender sender = sender(link(2, 7), LossParameters.none());
    for (int i = 0; i < 16; i++) assertTrue(sender.enqueue(frame(100)));
    assertFalse(sender.enqueue(frame(100)));
    assertEquals(1, sender.droppedFull());
  }

  @Test
  void aFrameIsGivenUpAfterItsRetriesAndThoseBehindItGoOn() {
    LossParameters half = new LossParameters(0.6, 0.6, SECOND, 0, 0);
    BlockAckSender sender = sender(link(8, 1), half);
    for (int i = 0; i < 16; i++) sender.enqueue(frame(1500));
    environment.runUntil(SECOND);
    assertTrue(sender.droppedRetries() > 0);
    assertEquals(16, delivered.size() + sender.droppedRetries());
    assertEquals(0, sender.queued());
    assertEquals(0, receiver.held());
    for (int i = 1; i < delivered.size(); i++) {
      assertTrue(delivered.get(i).index > delivered.get(i - 1).index);
    }
  }

  @Test
  void framesWithoutABufferAreRetriedUntilThereIsOne() {
    room = false;
    BlockAckSender sender = sender(link(8, 50), LossParameters.none());
    sender.enqueue(frame(1500));
    environment.runUntil(2_000_000);
    assertTrue(delivered.isEmpty());
    room = true;
    environment.runUntil(SECOND);
    assertEquals(1, delivered.size());
    assertTrue(delivered.getFirst().failures() > 0);
  }

  @Test
  void twoSaturatedSendersShareTheChannelAboutEqually() {
    int[] counts = new int[2];
    List<BlockAckSender> senders = new ArrayList<>();
    for (int s = 0; s < 2; s++) {
      int which = s;
      ReorderBuffer.Sink sink =
          new ReorderBuffer.Sink() {
            @Override
            public boolean hasRoom() {
              return true;
            }

            @Override
            public void deliver(Frame frame) {
              counts[which]++;
              senders.get(which).enqueue(frame(1500));
            }
          };
      senders.add(
          new BlockAckSender(
              environment,
              medium,
              "sender " + s,
              link(1, 7),
              new LossProcess(LossParameters.none(), environment.random("loss " + s)),
              new ReorderBuffer(sink),
              (frame, acknowledged) -> {}));
    }
    for (BlockAckSender sender : senders) {
      for (int i = 0; i < 4; i++) sender.enqueue(frame(1500));
    }
    environment.runUntil(2 * SECOND);
    double share = (double) counts[0] / (counts[0] + counts[1]);
    assertTrue(share > 0.45 && share < 0.55, "share " + share);
    assertTrue(medium.collisions() > 0);
    // Bianchi's model for two stations with CWmin 15 gives a collision probability near 1/9.
    double collided = 2.0 * medium.collisions() / (senders.get(0).ppdus() + senders.get(1).ppdus());
    assertTrue(collided > 0.06 && collided < 0.16, "collided " + collided);
  }
}
