package besser.kernel;

/** {@code struct work_struct}: never runs on two workers at once. */
public interface Work {
  /** The function that runs. */
  KernelFunction function();

  /** {@code work_pending}. */
  boolean isPending();
}
