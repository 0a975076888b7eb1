package besser.check.lockdep;

import besser.kernel.observe.Context;

/** A lock that a context holds. {@code object} tells instances of a class apart. */
record Held(Object object, Node node, Context by, Place place, boolean tried) {}
