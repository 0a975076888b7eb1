package besser.kernel.observe;

import besser.kernel.Task;
import java.lang.reflect.Method;

/** An event that happens all the time, and which observers have something to do in it. */
final class Hearing {
  static final Hearing SWITCHED =
      new Hearing("switched", int.class, Task.class, Task.class, boolean.class);
  static final Hearing ACQUIRING =
      new Hearing("lockAcquiring", LockView.class, LockView.Mode.class, Context.class);
  static final Hearing ACQUIRED =
      new Hearing("lockAcquired", LockView.class, LockView.Mode.class, Context.class);
  static final Hearing RELEASED = new Hearing("lockReleased", LockView.class, Context.class);
  static final Hearing ACCESSED =
      new Hearing("accessed", Variable.class, Variable.Access.class, Context.class);

  private final String method;
  private final Class<?>[] parameters;
  private final ClassValue<Boolean> known =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return overrides(type);
        }
      };

  private Hearing(String method, Class<?>... parameters) {
    this.method = method;
    this.parameters = parameters;
  }

  /** Whether the observer's class says what to do, other than nothing. */
  boolean isHeardBy(Observer observer) {
    return known.get(observer.getClass());
  }

  private boolean overrides(Class<?> type) {
    try {
      Method found = type.getMethod(method, parameters);
      return found.getDeclaringClass() != Observer.class;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("an observer has " + method, e);
    }
  }
}
