/** Device profiles and what they let the twin predict. */
@NullMarked
package besser.forecast;

import org.jspecify.annotations.NullMarked;
