package besser.kernel.random;

/**
 * The standard normal quantile by P. J. Acklam's rational approximation (2003), of relative error
 * below 1.15e-9, all in {@link StrictMath}.
 */
final class NormalQuantile {
  private static final double[] A = {
    -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
    1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00
  };
  private static final double[] B = {
    -5.447609879822406e+01,
    1.615858368580409e+02,
    -1.556989798598866e+02,
    6.680131188771972e+01,
    -1.328068155288572e+01
  };
  private static final double[] C = {
    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
    -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00
  };
  private static final double[] D = {
    7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00
  };
  private static final double LOW = 0.02425;

  private NormalQuantile() {}

  static double of(double p) {
    if (!(p > 0 && p < 1)) throw new IllegalArgumentException("p must be in (0, 1), got " + p);
    if (p < LOW) {
      double q = StrictMath.sqrt(-2 * StrictMath.log(p));
      return horner(C, q) / (horner(D, q) * q + 1);
    }
    if (p > 1 - LOW) return -of(1 - p);
    double q = p - 0.5;
    double r = q * q;
    return horner(A, r) * q / (horner(B, r) * r + 1);
  }

  private static double horner(double[] coefficients, double x) {
    double sum = coefficients[0];
    for (int i = 1; i < coefficients.length; i++) sum = sum * x + coefficients[i];
    return sum;
  }
}
