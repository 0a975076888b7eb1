package besser.forecast.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the figures tell about the parameters: elasticities, and how far each parameter lies in the
 * directions that the figures can see.
 *
 * <p>An elasticity of 0.5 means that one per cent more of the parameter makes half a per cent more
 * of the figure. The rows of this matrix span what the figures fix to first order; everything at
 * right angles to them can change without any figure noticing.
 */
public final class Sensitivity {
  private final List<String> parameters;
  private final double[][] elasticities;
  private final List<double[]> basis;

  /**
   * @param parameters their names, at least one
   * @param elasticities a row for each figure, a column for each parameter
   * @param noise length below which a row tells nothing beyond the rows before it, above 0
   */
  public Sensitivity(List<String> parameters, double[][] elasticities, double noise) {
    if (parameters.isEmpty()) throw new IllegalArgumentException("parameters must not be empty");
    for (double[] row : elasticities) {
      if (row.length != parameters.size()) {
        throw new IllegalArgumentException(
            "each row must have " + parameters.size() + " columns, got " + row.length);
      }
    }
    this.parameters = List.copyOf(parameters);
    this.elasticities = elasticities.clone();
    this.basis = orthonormal(elasticities, noise);
  }

  // Gram-Schmidt, the longest remaining row first, so that noise is not mistaken for a direction.
  private static List<double[]> orthonormal(double[][] rows, double noise) {
    List<double[]> left = new ArrayList<>();
    for (double[] row : rows) left.add(row.clone());
    List<double[]> basis = new ArrayList<>();
    while (!left.isEmpty()) {
      double[] longest = left.getFirst();
      for (double[] row : left) if (length(row) > length(longest)) longest = row;
      double length = length(longest);
      if (length < noise) return basis;
      left.remove(longest);
      double[] unit = Arrays.stream(longest).map(x -> x / length).toArray();
      basis.add(unit);
      for (double[] row : left) {
        double along = dot(row, unit);
        for (int i = 0; i < row.length; i++) row[i] -= along * unit[i];
      }
    }
    return basis;
  }

  private static double length(double[] row) {
    return Math.sqrt(dot(row, row));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
    return sum;
  }

  /** The parameters' names, in the order of the columns. */
  public List<String> parameters() {
    return parameters;
  }

  /** How a figure answers to a parameter. */
  public double elasticity(int figure, int parameter) {
    return elasticities[figure][parameter];
  }

  /** Number of independent combinations of parameters that the figures fix. */
  public int rank() {
    return basis.size();
  }

  /** Number of independent combinations that no figure notices. */
  public int unidentified() {
    return parameters.size() - rank();
  }

  /**
   * How far a parameter alone lies in what the figures see: 1 when they fix it by itself, 0 when it
   * can be anything as far as they are concerned.
   */
  public double identified(int parameter) {
    double sum = 0;
    for (double[] direction : basis) sum += direction[parameter] * direction[parameter];
    return sum;
  }
}
