/**
 * Several programs searched, their findings brought together, shrunk and written: what {@code
 * besser check} does. Start reading at {@link besser.check.campaign.Campaign}.
 */
@NullMarked
package besser.check.campaign;

import org.jspecify.annotations.NullMarked;
