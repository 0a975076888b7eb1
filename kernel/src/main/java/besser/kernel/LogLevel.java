package besser.kernel;

/** {@code KERN_*} levels. */
public enum LogLevel {
  EMERG,
  ALERT,
  CRIT,
  ERR,
  WARNING,
  NOTICE,
  INFO,
  DEBUG
}
