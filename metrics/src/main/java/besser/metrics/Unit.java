package besser.metrics;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A unit of a metric. Prefixes are decimal (1 KB/s = 1000 B/s), as in the plans of this field.
 *
 * <p>A value given in the base unit of its dimension (bytes per second, events per second, a
 * fraction, seconds, a count) becomes a value in this unit by {@link #fromBase}.
 */
public enum Unit {
  BYTES_PER_SECOND("B/s", Dimension.BYTE_RATE, 1),
  KILOBYTES_PER_SECOND("KB/s", Dimension.BYTE_RATE, 1e3),
  MEGABYTES_PER_SECOND("MB/s", Dimension.BYTE_RATE, 1e6),
  PER_SECOND("/s", Dimension.EVENT_RATE, 1),
  PER_FRAME("/frame", Dimension.PER_FRAME, 1),
  FRAMES_PER_TRANSFER("frames/transfer", Dimension.PER_TRANSFER, 1),
  PERCENT("%", Dimension.SHARE, 0.01),
  SECONDS("s", Dimension.TIME, 1),
  MILLISECONDS("ms", Dimension.TIME, 1e-3),
  MICROSECONDS("us", Dimension.TIME, 1e-6),
  MINUTES("min", Dimension.TIME, 60),
  COUNT("1", Dimension.COUNT, 1);

  /** What a unit measures; only units of one dimension convert into each other. */
  public enum Dimension {
    BYTE_RATE,
    EVENT_RATE,
    PER_FRAME,
    PER_TRANSFER,
    SHARE,
    TIME,
    COUNT
  }

  private final String symbol;
  private final Dimension dimension;
  private final double baseUnits;

  Unit(String symbol, Dimension dimension, double baseUnits) {
    this.symbol = symbol;
    this.dimension = dimension;
    this.baseUnits = baseUnits;
  }

  /** How the unit is written in a plan, for example {@code KB/s}. */
  public String symbol() {
    return symbol;
  }

  public Dimension dimension() {
    return dimension;
  }

  /** A value in the dimension's base unit, in this unit. */
  public double fromBase(double value) {
    return value / baseUnits;
  }

  /** A value in this unit, in the dimension's base unit. */
  public double toBase(double value) {
    return value * baseUnits;
  }

  /** The unit with this symbol; {@code µs} is read as {@code us}. */
  public static Optional<Unit> of(String symbol) {
    String wanted = symbol.strip().replace('µ', 'u').replace('μ', 'u');
    return Arrays.stream(values()).filter(unit -> unit.symbol.equals(wanted)).findFirst();
  }

  /** The symbols of all units, for messages. */
  public static String symbols() {
    return Arrays.stream(values()).map(Unit::symbol).collect(Collectors.joining(", "));
  }
}
