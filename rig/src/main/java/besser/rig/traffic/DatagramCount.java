package besser.rig.traffic;

import java.util.OptionalLong;

/**
 * What became of the datagrams. A receiver that cannot read their numbers knows only how many came.
 *
 * @param received distinct ones; all of them where the numbers are not read
 * @param lost sent and never seen
 * @param reordered that came after a later one
 * @param duplicated seen more than once, the further times
 * @param droppedAtSocket of the lost: arrived, but the receiver's socket had no room
 */
public record DatagramCount(
    long received,
    long lost,
    OptionalLong reordered,
    OptionalLong duplicated,
    OptionalLong droppedAtSocket) {
  /** Lost of those sent, as a fraction; 0 when none was sent. */
  public double lossShare() {
    long sent = received + lost;
    return sent == 0 ? 0 : lost / (double) sent;
  }
}
