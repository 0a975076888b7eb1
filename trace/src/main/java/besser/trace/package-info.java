/** Events and samples as the kernel's tools record them: reading, writing, nothing else. */
@NullMarked
package besser.trace;

import org.jspecify.annotations.NullMarked;
