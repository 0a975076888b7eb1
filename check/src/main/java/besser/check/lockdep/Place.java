package besser.check.lockdep;

import besser.check.Site;
import besser.kernel.observe.CallNode;
import besser.kernel.observe.Context;

/** Where and by whom something was taken; cheap to keep. */
record Place(Context context, CallNode stack) {
  static Place of(Context by) {
    return new Place(by, by.stack());
  }

  Site site(String what) {
    return Site.of(what, context.name(), stack);
  }
}
