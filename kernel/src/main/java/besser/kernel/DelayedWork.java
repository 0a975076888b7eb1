package besser.kernel;

/** {@code struct delayed_work}. */
public interface DelayedWork extends Work {}
