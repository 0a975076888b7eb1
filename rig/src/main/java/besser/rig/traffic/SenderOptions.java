package besser.rig.traffic;

import besser.rig.linux.NetworkNamespace;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How a sender sends, apart from the load.
 *
 * @param namespace to send from
 * @param from the local address; the kernel's choice when empty
 * @param congestionControl TCP's, such as {@code cubic}; the system's when empty
 * @param kernelPacing whether the kernel, too, is told to let no TCP burst out faster than {@link
 *     #PEAK} times the cap (SO_MAX_PACING_RATE)
 * @param realTime whether the sending thread runs before ordinary ones (SCHED_RR); on a machine
 *     that is under test as well it would change what is measured
 * @param connectLimit how long to try to reach a receiver
 * @param silenceLimit without an acknowledgement for so long, the link counts as dead
 */
public record SenderOptions(
    NetworkNamespace namespace,
    Optional<InetAddress> from,
    Optional<String> congestionControl,
    boolean kernelPacing,
    boolean realTime,
    Duration connectLimit,
    Duration silenceLimit) {
  /** How much faster than the cap a sender that was held up may catch up. */
  public static final double PEAK = 1.25;

  public SenderOptions {
    if (!connectLimit.isPositive() || !silenceLimit.isPositive()) {
      throw new IllegalArgumentException(
          "limits must be > 0 s, got %s and %s".formatted(connectLimit, silenceLimit));
    }
  }

  /** The system's choices; 10 s to connect, 15 s of silence. */
  public static SenderOptions in(NetworkNamespace namespace) {
    return new SenderOptions(
        namespace,
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        Duration.ofSeconds(10),
        Duration.ofSeconds(15));
  }

  /** The same with a congestion control. */
  public SenderOptions withCongestionControl(String name) {
    return new SenderOptions(
        namespace, from, Optional.of(name), kernelPacing, realTime, connectLimit, silenceLimit);
  }

  /** The same with or without the kernel's pacing. */
  public SenderOptions withKernelPacing(boolean wanted) {
    return new SenderOptions(
        namespace, from, congestionControl, wanted, realTime, connectLimit, silenceLimit);
  }

  /** The same with or without priority over ordinary threads. */
  public SenderOptions withRealTime(boolean wanted) {
    return new SenderOptions(
        namespace, from, congestionControl, kernelPacing, wanted, connectLimit, silenceLimit);
  }

  /** The same with other limits. */
  public SenderOptions withLimits(Duration connecting, Duration silence) {
    return new SenderOptions(
        namespace, from, congestionControl, kernelPacing, realTime, connecting, silence);
  }

  /** The same from a local address. */
  public SenderOptions withFrom(InetAddress address) {
    return new SenderOptions(
        namespace,
        Optional.of(address),
        congestionControl,
        kernelPacing,
        realTime,
        connectLimit,
        silenceLimit);
  }
}
