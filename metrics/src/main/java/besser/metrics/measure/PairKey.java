package besser.metrics.measure;

import besser.metrics.match.UnresolvedFilterException;
import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.Field;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What makes two events a pair, as {@code work}, {@code pid=next_pid} or {@code cpu,irq}. One
 * number is compared as it is; texts and several parts by a 64-bit hash.
 */
record PairKey(List<Part> parts) {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** One part: a field's name in the earlier and in the later event. */
  record Part(String earlier, String later) {}

  PairKey {
    parts = List.copyOf(parts);
  }

  /** Reads a key that {@link besser.metrics.Source.PairedDuration} has accepted. */
  static PairKey parse(String text) {
    return new PairKey(Stream.of(text.split(",", -1)).map(PairKey::part).toList());
  }

  private static Part part(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? new Part(text.strip(), text.strip())
        : new Part(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }

  /** Whether both events of a pair are always on one CPU. */
  boolean perCpu() {
    return parts.contains(new Part("cpu", "cpu"));
  }

  /** Whether both events of a pair are of one work item. */
  boolean isWorkItem() {
    return parts.equals(List.of(new Part("work", "work")));
  }

  Reader earlier(EventFormat format) {
    return combine(parts.stream().map(part -> reader(format, part.earlier())).toList());
  }

  Reader later(EventFormat format) {
    return combine(parts.stream().map(part -> reader(format, part.later())).toList());
  }

  /** Reads the key of an event. */
  @FunctionalInterface
  interface Reader {
    long key(Event event);
  }

  private static Reader combine(List<Reader> readers) {
    if (readers.size() == 1) {
      return readers.getFirst();
    }
    Reader[] all = readers.toArray(Reader[]::new);
    return event -> {
      long hash = FNV_OFFSET;
      for (Reader reader : all) {
        hash = mix(hash ^ reader.key(event));
      }
      return hash;
    };
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014), a bijection. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  private static Reader reader(EventFormat format, String name) {
    if (name.equals("cpu")) {
      return Event::cpu;
    }
    Optional<Field> found = format.findField(name);
    if (found.isPresent()) {
      Field field = found.get();
      return field.kind().isText() ? event -> textHash(event, field) : event -> event.number(field);
    }
    if (name.equals("common_pid")) {
      return Event::pid;
    }
    throw new UnresolvedFilterException(
        "%s has no field %s to pair by, it has %s"
            .formatted(
                format.qualifiedName(), name, format.fields().stream().map(Field::name).toList()));
  }

  private static long textHash(Event event, Field field) {
    long hash = FNV_OFFSET;
    int length = event.length(field);
    for (int i = 0; i < length; i++) {
      long character = event.element(field, i) & 0xff;
      if (character == 0) {
        break;
      }
      hash = (hash ^ character) * FNV_PRIME;
    }
    return hash;
  }
}
