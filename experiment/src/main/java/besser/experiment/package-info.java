/** Plans, gates, predictions, statistics and the verdict. */
@NullMarked
package besser.experiment;

import org.jspecify.annotations.NullMarked;
