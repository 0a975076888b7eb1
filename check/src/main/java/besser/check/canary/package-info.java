/**
 * Small driver-like programs with a planted defect each, and their mended twins: a checker reports
 * the one and is silent on the other. They hold the checkers to their word, and teach what a defect
 * looks like.
 *
 * <p>They know the kernel's port and no checker. Start reading at {@link
 * besser.check.canary.Canaries}.
 */
@NullMarked
package besser.check.canary;

import org.jspecify.annotations.NullMarked;
