/**
 * That memory is freed once and not used after, whoever allocated it. Start reading at {@link
 * besser.check.conserve.MemoryChecker}.
 */
@NullMarked
package besser.check.conserve;

import org.jspecify.annotations.NullMarked;
