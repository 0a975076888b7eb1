package besser.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Operations per second of the process's CPU time, compiler and collector included, beside JMH's
 * per second of the wall: on a machine with other work the one compares and the other does not.
 */
public final class CpuTime implements InternalProfiler {
  private static final double NANOS_PER_SECOND = 1e9;

  private final OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private long began;

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    began = process.getProcessCpuTime();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double seconds = (process.getProcessCpuTime() - began) / NANOS_PER_SECOND;
    double operations = result.getMetadata().getMeasuredOps();
    return List.of(
        new ScalarResult(
            "perCpuSecond", operations / seconds, "ops/s of CPU time", AggregationPolicy.AVG));
  }

  @Override
  public String getDescription() {
    return "operations per second of the process's CPU time";
  }
}
