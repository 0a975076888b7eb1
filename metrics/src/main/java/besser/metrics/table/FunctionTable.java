package besser.metrics.table;

import besser.metrics.Quality;
import besser.metrics.Source.Denominator;
import besser.metrics.Unit;
import besser.trace.SampleSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where CPU time went.
 *
 * @param rows by time of their own, the greatest first
 * @param samples how many samples there are, those idle left out where they were not to count
 * @param weight what they stand for in units of the sampling event: nanoseconds of a clock
 * @param quality whether samples were lost, or sampling paused
 */
public record FunctionTable(List<Row> rows, long samples, long weight, Quality quality) {

  /**
   * A function.
   *
   * @param symbol its name as in the source
   * @param module where it lives, as {@link besser.trace.Frame#module} says
   */
  public record Function(String symbol, String module) {}

  /**
   * The time of one function.
   *
   * @param self weight of the samples that landed in it
   * @param total weight of the samples that landed in it or in what it called
   */
  public record Row(Function function, long self, long total) {}

  public FunctionTable {
    rows = List.copyOf(rows);
  }

  static FunctionTable of(
      List<Row> rows, long samples, long weight, long lost, int gapsOfUnknownSize) {
    return new FunctionTable(
        rows.stream()
            .sorted(
                Comparator.comparingLong(Row::self)
                    .thenComparingLong(Row::total)
                    .reversed()
                    .thenComparing(row -> row.function().symbol())
                    .thenComparing(row -> row.function().module()))
            .toList(),
        samples,
        weight,
        lost == 0 && gapsOfUnknownSize == 0
            ? new Quality.Sound()
            : new Quality.Lossy(lost, gapsOfUnknownSize));
  }

  /** The functions of all samples of a source. */
  public static FunctionTable read(SampleSource source, Denominator of) {
    FunctionCounter counter = new FunctionCounter(of);
    source.readSamples(counter);
    return counter.table();
  }

  /** The share of the samples that landed in a function itself; a fraction. */
  public double selfShare(Row row) {
    return weight == 0 ? 0 : (double) row.self() / weight;
  }

  /** The share of the samples that landed in a function or in what it called; a fraction. */
  public double totalShare(Row row) {
    return weight == 0 ? 0 : (double) row.total() / weight;
  }

  /**
   * Shares of their own by function, counted in samples of average weight.
   *
   * @throws IllegalArgumentException when there is no sample
   */
  public Counts selfCounts() {
    double perSample = samples == 0 ? 1 : (double) weight / samples;
    return new Counts(
        rows.stream()
            .filter(row -> row.self() > 0)
            .collect(
                Collectors.toMap(
                    row -> row.function().symbol() + " " + row.function().module(),
                    row -> Math.round(row.self() / perSample))),
        samples,
        Unit.Dimension.SHARE);
  }
}
