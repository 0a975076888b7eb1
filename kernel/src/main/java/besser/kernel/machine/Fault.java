package besser.kernel.machine;

/**
 * Something the environment can do wrong; whether it does is asked of the {@link Schedule}.
 *
 * @param site what and where, such as {@code sdio-irq-lost}
 */
public record Fault(String site) {
  public Fault {
    if (site.isBlank()) throw new IllegalArgumentException("fault site must not be blank");
  }
}
