package besser.bes2600.driver;

import besser.bes2600.driver.rx.BottomHalf;
import besser.bes2600.driver.rx.Direct;
import besser.bes2600.driver.rx.DirectHardened;
import besser.bes2600.driver.rx.DirectSketch;
import besser.bes2600.driver.rx.Relay;
import besser.bes2600.driver.rx.RxHost;
import besser.bes2600.driver.rx.RxPath;

/** Who reads the card and who dispatches what it sent: one of these, always. */
public enum Topology {
  /** The driver as shipped. */
  RELAY("the driver as shipped: sdio_rx_work queues each message for bh, which dispatches it"),
  /** Patch C's section 4.4 to the letter. */
  DIRECT_SKETCH("Patch C as sketched in 4.4: extract_packets calls wsm_handle_rx and nothing else"),
  /** Patch C, option A. */
  DIRECT("Patch C, option A: sdio_rx_work dispatches each message itself; no rx_queue"),
  /** Patch C, option A, with what its checks ask for. */
  DIRECT_HARDENED("direct with the changes that its checks forced; see docs/patch-c-review.md"),
  /** Patch C, option B. */
  BOTTOM_HALF("option B: bh reads the bus and dispatches, as upstream's cw1200; no rx_work");

  private final String summary;

  Topology(String summary) {
    this.summary = summary;
  }

  /** The name users type, such as {@code bottom-half}. */
  public String id() {
    return Variant.kebab(name());
  }

  /** One line on what it is. */
  public String summary() {
    return summary;
  }

  RxPath rxPath(RxHost host) {
    return switch (this) {
      case RELAY -> new Relay(host);
      case DIRECT_SKETCH -> new DirectSketch(host);
      case DIRECT -> new Direct(host);
      case DIRECT_HARDENED -> new DirectHardened(host);
      case BOTTOM_HALF -> new BottomHalf(host);
    };
  }

  TxBuffers txBuffers(Bes2600Common hw) {
    return this == DIRECT_HARDENED ? new SharedTxBuffers(hw) : new TxBuffers(hw);
  }
}
