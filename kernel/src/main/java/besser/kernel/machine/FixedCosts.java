package besser.kernel.machine;

import besser.kernel.KernelFunction;
import besser.kernel.random.Distribution;

/** One figure for every call. */
record FixedCosts(Distribution call, double nanosPerByte) implements CostModel {
  @Override
  public Distribution of(KernelFunction function) {
    return call;
  }

  @Override
  public double copyNanosPerByte() {
    return nanosPerByte;
  }

  @Override
  public double zeroNanosPerByte() {
    return nanosPerByte;
  }

  @Override
  public Distribution idleExit() {
    return call;
  }

  @Override
  public Distribution ipi() {
    return call;
  }
}
