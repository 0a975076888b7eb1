package besser.rig.traffic;

/** How a step's traffic ended. All of these are results; none is an exception. */
public sealed interface TrafficEnd {
  /** In a sentence's words. */
  String words();

  /** Its time was over. */
  record Completed() implements TrafficEnd {
    @Override
    public String words() {
      return "completed";
    }
  }

  /** The watch asked for it. */
  record Stopped(double atSeconds) implements TrafficEnd {
    @Override
    public String words() {
      return "stopped by the operator after %.1f s".formatted(atSeconds);
    }
  }

  /** It never began: nothing answered. */
  record Unreachable(String reason) implements TrafficEnd {
    @Override
    public String words() {
      return "the receiver was never reached: " + reason;
    }
  }

  /** The receiver, or the way to it, went away: the peer or a router said so. */
  record PeerGone(double atSeconds, String reason) implements TrafficEnd {
    @Override
    public String words() {
      return "the receiver was gone after %.1f s: %s".formatted(atSeconds, reason);
    }
  }

  /** Nothing was acknowledged for so long that the link counts as dead. */
  record Silent(double atSeconds, double silentSeconds) implements TrafficEnd {
    @Override
    public String words() {
      return "nothing was acknowledged for %.1f s, from %.1f s on"
          .formatted(silentSeconds, atSeconds);
    }
  }
}
