package besser.bes2600.driver.rx;

/** The {@code int *tx} of {@code bes2600_bh_rx_helper}. */
public final class TxWanted {
  private boolean raised;

  /** {@code *tx = 1}. */
  public void raise() {
    raised = true;
  }

  /** {@code *tx = 0}. */
  public void clear() {
    raised = false;
  }

  /** Whether it is set. */
  public boolean isRaised() {
    return raised;
  }
}
