/** The mac80211 calls that a Wi-Fi driver makes and the work they cause. */
@NullMarked
package besser.kernel.mac80211;

import org.jspecify.annotations.NullMarked;
