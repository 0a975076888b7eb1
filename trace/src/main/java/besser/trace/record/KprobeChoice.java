package besser.trace.record;

/**
 * A probe to place on a kernel function.
 *
 * @param event what its event is to be called
 * @param symbol the function
 * @param where at its entry or its return
 */
public record KprobeChoice(String event, String symbol, Where where) {
  /** Where in the function the probe is. */
  public enum Where {
    ENTRY,
    RETURN
  }

  public KprobeChoice {
    if (!event.matches("[A-Za-z_][A-Za-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("kprobe event must be a C name, got '" + event + "'");
    }
    if (!symbol.matches("[A-Za-z_.][A-Za-z0-9_.]*(\\+\\d+)?")) {
      throw new IllegalArgumentException(
          "kprobe symbol must be a function's name, got '" + symbol + "'");
    }
  }
}
