package besser.bes2600.driver;

import java.util.function.IntSupplier;

/** {@code bes2600_ba_timer}'s opinion, with its hysteresis, whether block acks are worth while. */
final class BaVerdict {
  /** {@code BES2600_BLOCK_ACK_CNT}: frames per interval that make block acks worth while. */
  private static final int BLOCK_ACK_COUNT = 30;

  /** {@code BES2600_BLOCK_ACK_THLD}: bytes per frame. */
  private static final int BLOCK_ACK_THRESHOLD_BYTES = 800;

  private static final int BLOCK_ACK_HISTORY = 3;

  private int history;
  private boolean enabled;

  void reset() {
    enabled = false;
    history = 0;
  }

  /** Takes one interval's frames and bytes, sent and received, into account. */
  void update(IntSupplier sent, IntSupplier sentBytes, IntSupplier got, IntSupplier gotBytes) {
    int count = sent.getAsInt();
    int countRx = got.getAsInt();
    boolean worth =
        count >= BLOCK_ACK_COUNT
            && (sentBytes.getAsInt() / count >= BLOCK_ACK_THRESHOLD_BYTES
                || (countRx >= BLOCK_ACK_COUNT
                    && gotBytes.getAsInt() / countRx >= BLOCK_ACK_THRESHOLD_BYTES));
    if (worth == enabled) {
      if (history != 0) history--;
    } else if (worth || ++history >= BLOCK_ACK_HISTORY) {
      enabled = worth;
      history = 0;
    }
  }
}
