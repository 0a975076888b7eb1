package besser.check.replay;

/**
 * One thing that a context did.
 *
 * @param lane the context, such as {@code bh/12}
 * @param cpu where; -1 when nowhere
 * @param function the innermost function; may be empty
 * @param what what it did
 */
public record LaneEvent(String lane, int cpu, String function, String what) {}
