package besser.kernel.machine;

/** Something that will happen. */
@FunctionalInterface
public interface Cancellable {
  /** Takes it back; false when it has happened or was cancelled. */
  boolean cancel();
}
