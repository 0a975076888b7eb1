/**
 * Load with a cap, from a sender whose rate is checked to a receiver that counts.
 *
 * <p>Start reading at {@link besser.rig.traffic.StepTraffic}: it carries out one {@link
 * besser.rig.traffic.TrafficStep} between a {@link besser.rig.traffic.Sender} and a {@link
 * besser.rig.traffic.Receiver} and says what load there was. What the receiver counted is the
 * figure; what the sender counted only tells whether the step offered what it was to offer, and if
 * not, whether the path or the sender itself is why.
 *
 * <p>Must not know plans or captures: a receiver on a device is started over a {@link
 * besser.rig.connection.Connection}.
 */
@NullMarked
package besser.rig.traffic;

import org.jspecify.annotations.NullMarked;
