package besser.rig.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class TokenBucketTest {
  private static final double ONE_BYTE_A_NANO = 1e9;

  @Test
  void deadlinesAreAbsoluteSoThatLatenessNeverAddsUp() {
    TokenBucket bucket = new TokenBucket(ONE_BYTE_A_NANO, 1000);
    for (int i = 0; i < 10; i++) {
      assertEquals(0, bucket.overflowNanos(i * 100L + 37));
      bucket.take(100);
    }
    assertEquals(1000, bucket.dueNanos());
  }

  @Test
  void whatDoesNotFitIntoTheBucketIsLost() {
    TokenBucket bucket = new TokenBucket(ONE_BYTE_A_NANO, 1000);
    bucket.take(100);
    assertEquals(400, bucket.overflowNanos(1500));
    assertEquals(500, bucket.dueNanos());
    assertEquals(0, bucket.overflowNanos(1500));
  }

  @Test
  void timeAndBytesConvertByTheRate() {
    assertEquals(4000, new TokenBucket(4e6, 1).bytesIn(1e6));
  }
}
