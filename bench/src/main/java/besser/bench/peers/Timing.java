package besser.bench.peers;

import besser.bench.Spread;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs of one thing.
 *
 * @param wall from start to end
 * @param cpu user and system time of all threads
 */
record Timing(Spread wall, Spread cpu) {

  /** One run, in seconds. */
  record Run(double wallSeconds, double cpuSeconds) {
    /** Of {@code wall cpu}. */
    static Run parse(String line) {
      String[] figures = line.strip().split(" +", -1);
      double cpu = 0;
      for (int i = 1; i < figures.length; i++) {
        cpu += Double.parseDouble(figures[i]);
      }
      return new Run(Double.parseDouble(figures[0]), cpu);
    }
  }

  static Timing of(List<Run> runs) {
    List<Double> wall = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    for (Run run : runs) {
      wall.add(run.wallSeconds());
      cpu.add(run.cpuSeconds());
    }
    return new Timing(new Spread(wall), new Spread(cpu));
  }
}
