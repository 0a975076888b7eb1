package besser.kernel;

/** One active function call on a context's stack; closing it is the function's return. */
public interface CallFrame extends AutoCloseable {
  @Override
  void close();
}
