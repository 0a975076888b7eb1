package besser.trace.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Makes instances in the kernel this runs on; needs root and tracefs, and fails without. */
class TraceInstanceTest {
  @Test
  void isRemovedAsSoonAsNobodyHasAFileOfItOpen() throws Exception {
    Holder holder = new Holder();
    TraceInstance instance = TraceInstance.create(Tracefs.mounted(holder.machine()));
    holder.held = new FileInputStream(instance.directory() + "/trace_pipe");

    instance.close();

    assertFalse(Files.exists(Path.of(instance.directory())));
    assertEquals(2, holder.refusals.get());
  }

  /** Has a file of the instance open until the kernel has refused twice to remove it. */
  private static final class Holder {
    private final TracedMachine real = new ThisMachine();
    private final AtomicInteger refusals = new AtomicInteger();
    private @Nullable FileInputStream held;

    TracedMachine machine() {
      return (TracedMachine)
          Proxy.newProxyInstance(
              TracedMachine.class.getClassLoader(),
              new Class<?>[] {TracedMachine.class},
              (proxy, method, arguments) -> {
                try {
                  return method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                  if (method.getName().equals("removeDirectory")) refused();
                  throw e.getCause();
                }
              });
    }

    private void refused() throws IOException {
      if (refusals.incrementAndGet() == 2) Objects.requireNonNull(held).close();
    }
  }
}
