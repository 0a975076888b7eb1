package besser.bes2600.driver;

import besser.bes2600.driver.rx.Direct;
import besser.bes2600.driver.rx.Relay;
import besser.bes2600.driver.rx.RxHost;
import besser.bes2600.driver.rx.RxPath;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The receive topologies that the driver can be built with. */
public enum Variant {
  /** The driver as shipped. */
  RELAY(
      "relay",
      "the driver as shipped: sdio_rx_work queues each message for bh, which dispatches it"),
  /** Patch C, option A. */
  DIRECT("direct", "Patch C, option A: sdio_rx_work dispatches each message itself; no rx_queue");

  private final String id;
  private final String summary;

  Variant(String id, String summary) {
    this.id = id;
    this.summary = summary;
  }

  /** The name users type, such as {@code relay}. */
  public String id() {
    return id;
  }

  /** One sentence on what it is. */
  public String summary() {
    return summary;
  }

  RxPath rxPath(RxHost host) {
    return switch (this) {
      case RELAY -> new Relay(host);
      case DIRECT -> new Direct(host);
    };
  }

  /** All variants in the order in which they are listed. */
  public static List<Variant> all() {
    return List.of(values());
  }

  /**
   * The variant with a name.
   *
   * @throws IllegalArgumentException when there is none; the message lists all
   */
  public static Variant of(String id) {
    return Arrays.stream(values())
        .filter(variant -> variant.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(id)));
  }

  private static String unknown(String id) {
    String known = Arrays.stream(values()).map(Variant::id).collect(Collectors.joining(", "));
    return "variant must be one of " + known + ", got " + id;
  }
}
