/**
 * Does a simulated device behave like the real one it is a profile of: figures of the baseline,
 * residuals, and what the figures can and cannot tell about the parameters.
 *
 * <p>Looks at the driver as shipped only. Start reading at {@link
 * besser.forecast.calibration.Calibration}.
 */
@NullMarked
package besser.forecast.calibration;

import org.jspecify.annotations.NullMarked;
