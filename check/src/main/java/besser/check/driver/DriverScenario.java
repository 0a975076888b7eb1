package besser.check.driver;

import besser.bes2600.environment.FaultKind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A small story that a driver, its card and some traffic play. */
public enum DriverScenario {
  /** Receiving alone. */
  RECEIVE("frames arrive in transfers of up to 8; nothing is sent", 32, 0),
  /** Sending alone. */
  SEND("frames are sent with 4 credits; every transfer is confirmed", 0, 12),
  /** Both directions at once. */
  BOTH("frames arrive while others are sent with 4 credits; confirms come among them", 32, 12),
  /** Commands beside traffic. */
  BEACONS("beacons make the driver send commands while frames arrive", 16, 2),
  /** Two interfaces. */
  INTERFACES("frames for two interfaces share the transfers; one of them sends", 32, 6),
  /** Out of and back into sleep. */
  ASLEEP("the device sleeps when frames come and are sent", 8, 4),
  /** The access point sends the station away. */
  DEAUTHENTICATED("the access point ends the association in the middle of traffic", 16, 6),
  /** The firmware gives up. */
  EXCEPTION("the firmware reports an exception in the middle of traffic", 16, 6);

  private final String summary;
  private final int received;
  private final int sent;

  DriverScenario(String summary, int received, int sent) {
    this.summary = summary;
    this.received = received;
    this.sent = sent;
  }

  /** Its name, such as {@code both}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One line: what happens. */
  public String summary() {
    return summary;
  }

  /** Frames in flight, at full load: received ones where there are any, else sent ones. */
  public int load() {
    return Math.max(received, sent);
  }

  /** Frames that the card hands over at a load from 1 to {@link #load}. */
  int received(int load) {
    return share(received, load);
  }

  /** Frames that the stack gives the driver. */
  int sent(int load) {
    return share(sent, load);
  }

  private int share(int full, int load) {
    return (full * Math.min(load, load()) + load() - 1) / load();
  }

  /** How long schedules decide, in virtual nanoseconds: while there is traffic. */
  long exploredNanos() {
    return switch (this) {
      case RECEIVE, SEND, BOTH, INTERFACES, DEAUTHENTICATED, EXCEPTION -> 3_000_000;
      case BEACONS -> 10_000_000;
      case ASLEEP -> 100_000_000;
    };
  }

  /** What the card, the bus and the radio may do wrong in it, when the schedule says so. */
  Set<FaultKind> faults() {
    return Collections.unmodifiableSet(
        EnumSet.of(
            FaultKind.LOST_INTERRUPT,
            FaultKind.LATE_WAKE_UP,
            FaultKind.CRC_ERROR,
            FaultKind.BUS_ERROR,
            FaultKind.FIRMWARE_HANG));
  }
}
