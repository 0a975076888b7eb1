/** Socket buffers: real bytes with the kernel's head, tail and ownership rules. */
@NullMarked
package besser.kernel.net;

import org.jspecify.annotations.NullMarked;
