package besser.metrics.capture;

/**
 * What the files of a capture's directory are called. Each may be missing. The tables are text,
 * comma separated, with a heading; times are nanoseconds of the trace clock.
 */
public final class CaptureFiles {
  /** The events. */
  public static final String TRACE = "trace.dat";

  /** The samples, as perf records them. */
  public static final String PERF = "perf.data";

  /** The samples as {@code perf script} prints them. */
  public static final String PERF_SCRIPT = "perf.script";

  /** A copy of {@code /proc/kallsyms}, by which {@link #PERF} is named. */
  public static final String KALLSYMS = "kallsyms";

  /** The stretches of time that figures are for. */
  public static final String WINDOWS = "windows.csv";

  /** Application bytes that an end of the load counted. */
  public static final String BYTES = "bytes.csv";

  /** Series of the environment. */
  public static final String ENVIRONMENT = "environment.csv";

  /** The kernel's log, a line as {@code [seconds.nanoseconds] message}. */
  public static final String KERNEL_LOG = "kernel.log";

  static final String WINDOWS_HEADING = "window,start_ns,length_ns";
  static final String BYTES_HEADING = "time_ns,end,bytes";
  static final String ENVIRONMENT_HEADING = "series,time_ns,value";

  private CaptureFiles() {}
}
