package besser.forecast.profile;

import besser.kernel.KernelFunction;
import besser.kernel.machine.CostModel;
import besser.kernel.random.Distribution;
import java.util.LinkedHashMap;
import java.util.Map;

/** What operations cost by a profile: a function's own figure, or that of where it is. */
final class ProfileCosts implements CostModel {
  private final Map<String, Distribution> byName = new LinkedHashMap<>();
  private final Map<String, Distribution> byModule = new LinkedHashMap<>();
  private final Distribution other;
  private final double copyNanosPerByte;
  private final double zeroNanosPerByte;
  private final Distribution idleExit;
  private final Distribution ipi;

  ProfileCosts(Profile profile) {
    String any = ProfileSchema.COSTS + "any.";
    for (Parameter parameter : profile.parameters()) {
      String name = parameter.name();
      if (name.startsWith(any)) {
        byModule.put(name.substring(any.length()), nanos(parameter, 1));
      } else if (name.startsWith(ProfileSchema.COSTS)) {
        byName.put(name.substring(ProfileSchema.COSTS.length()), nanos(parameter, 1));
      }
    }
    this.other = nanos(profile.parameter(any + "other"), 1);
    this.copyNanosPerByte = profile.number("memory.copy");
    this.zeroNanosPerByte = profile.number("memory.zero");
    this.idleExit = nanos(profile.parameter("machine.idle_exit"), 1000);
    this.ipi = nanos(profile.parameter("machine.ipi"), 1000);
  }

  private static Distribution nanos(Parameter parameter, double nanosPerUnit) {
    return Distribution.lognormal(Math.round(parameter.value() * nanosPerUnit), parameter.spread());
  }

  @Override
  public Distribution of(KernelFunction function) {
    Distribution own = byName.get(function.name());
    return own != null ? own : byModule.getOrDefault(function.module(), other);
  }

  @Override
  public double copyNanosPerByte() {
    return copyNanosPerByte;
  }

  @Override
  public double zeroNanosPerByte() {
    return zeroNanosPerByte;
  }

  @Override
  public Distribution idleExit() {
    return idleExit;
  }

  @Override
  public Distribution ipi() {
    return ipi;
  }
}
