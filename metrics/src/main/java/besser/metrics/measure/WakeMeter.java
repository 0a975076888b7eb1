package besser.metrics.measure;

import besser.metrics.Filter;
import besser.metrics.KernelProbe;
import besser.metrics.match.AddressNames;
import besser.metrics.match.AddressTest;
import besser.metrics.match.EventTest;
import besser.metrics.match.LockName;
import besser.metrics.match.LongTable;
import besser.metrics.match.NamePattern;
import besser.metrics.match.UnresolvedFilterException;
import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.Field;
import besser.trace.TraceFlags;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Counts wake-ups of a wait queue, by a probe of {@code __wake_up}, in which every {@code wake_up}
 * macro of the kernel ends.
 *
 * <p>The probe's {@code wq_head} is an address: it is named by a symbol, or the plan writes it as a
 * number. A kernel that knows the queue's name records it as the text field {@code wq_name}.
 * "Issued while a function runs" means that the function is the work item the issuing thread
 * executes ({@code workqueue_execute_start} to {@code _end}), or that the probe's {@code caller}
 * lies in it. What interrupts the thread executes something else, be it a work item of its own.
 */
final class WakeMeter extends EventMeter {
  static final String EXECUTE_START = "workqueue:workqueue_execute_start";
  static final String EXECUTE_END = "workqueue:workqueue_execute_end";
  private static final String CALLER = "caller";

  private final String waitQueue;
  private final Optional<String> from;
  private final LongTable workOfContext = new LongTable();
  private final Bins counts;
  private boolean knowsCaller;

  WakeMeter(String waitQueue, Optional<String> from, Timeline timeline) {
    this.waitQueue = waitQueue;
    this.from = from;
    this.counts = timeline.bins();
  }

  @Override
  Optional<EventHandler> handlerOf(EventFormat format, AddressNames names) {
    if (FunctionMeter.isProbe(format, KernelProbe.WAKE_UP)) {
      EventTest queue = queue(format, names);
      Predicate<Event> issuer = issuer(format, names);
      return Optional.of(
          new ObjectHandler(
              queue,
              (event, bin) -> {
                if (queue.test(event) && issuer.test(event)) {
                  counts.increment(bin);
                }
              }));
    }
    if (from.isEmpty()) {
      return Optional.empty();
    }
    IssuingContext context = IssuingContext.of(format);
    return switch (format.qualifiedName()) {
      case EXECUTE_START -> {
        Field function = format.field("function");
        yield Optional.of(
            ofWork(
                format,
                names,
                (event, bin) -> workOfContext.put(context.key(event), event.number(function))));
      }
      case EXECUTE_END ->
          Optional.of(
              ofWork(format, names, (event, bin) -> workOfContext.remove(context.key(event))));
      default -> Optional.empty();
    };
  }

  /** Only the work items of the function that wake-ups are asked of. */
  private EventHandler ofWork(EventFormat format, AddressNames names, EventHandler handler) {
    return ObjectHandler.of(from.map(WakeMeter::isFunction), format, names, handler);
  }

  private static Filter isFunction(String name) {
    boolean pattern = name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
    Filter.Operator operator = pattern ? Filter.Operator.GLOB : Filter.Operator.EQUAL;
    return new Filter.Comparison(ObjectHandler.FUNCTION, operator, name);
  }

  private EventTest queue(EventFormat format, AddressNames names) {
    Optional<Field> name = format.findField("wq_name");
    if (name.isPresent()) {
      LockName wanted = LockName.of(waitQueue);
      return event -> wanted.matches(event, name.get());
    }
    Field head =
        format
            .findField("wq_head")
            .orElseThrow(
                () ->
                    new UnresolvedFilterException(
                        "the probe of __wake_up fetches no wq_head, so wait queues cannot be told"
                            + " apart; define it as "
                            + KernelProbe.WAKE_UP.definition()));
    AddressTest wanted = AddressTest.of(names, NamePattern.literal(waitQueue));
    return event -> wanted.test(event.number(head));
  }

  private Predicate<Event> issuer(EventFormat format, AddressNames names) {
    if (from.isEmpty()) {
      return event -> true;
    }
    AddressTest work = AddressTest.of(names, NamePattern.of(from.get()));
    NamePattern pattern = NamePattern.of(from.get());
    Optional<Field> caller = format.findField(CALLER);
    knowsCaller = caller.isPresent();
    IssuingContext context = IssuingContext.of(format);
    return event -> {
      long function = workOfContext.get(context.key(event));
      return (function != LongTable.ABSENT && work.test(function))
          || (caller.isPresent() && names.isIn(event.number(caller.get()), pattern));
    };
  }

  /** A thread, or what has interrupted it. */
  private record IssuingContext(Optional<Field> flags) {
    static IssuingContext of(EventFormat format) {
      return new IssuingContext(format.findField("common_flags"));
    }

    long key(Event event) {
      long thread = event.pid() == 0 ? -1L - event.cpu() : event.pid();
      long interrupt = flags.isPresent() ? TraceFlags.interrupt(event.number(flags.get())) : 0;
      return (thread << Byte.SIZE) | interrupt;
    }
  }

  @Override
  void lost() {
    workOfContext.clear();
  }

  @Override
  Optional<String> missing(Set<String> found) {
    boolean probed = found.stream().anyMatch(name -> !name.startsWith("workqueue:"));
    if (!probed) {
      return Optional.of("the capture has no probe of " + KernelProbe.WAKE_UP.function());
    }
    return from.isEmpty() || knowsCaller
        ? Optional.empty()
        : firstMissing(found, EXECUTE_START, EXECUTE_END);
  }

  @Override
  void addCounts(EventMeter other) {
    counts.add(((WakeMeter) other).counts);
    knowsCaller |= ((WakeMeter) other).knowsCaller;
  }

  Bins counts() {
    return counts;
  }
}
