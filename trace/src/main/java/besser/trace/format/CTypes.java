package besser.trace.format;

/** The C types that print formats cast to. */
final class CTypes {
  private CTypes() {}

  /** Size of a type in bytes, or 0 when it is not known. */
  static int sizeBytes(String type, int longBytes) {
    if (type.endsWith("*")) {
      return longBytes;
    }
    String bare = type.startsWith("const ") ? type.substring(6) : type;
    return switch (bare.replace("unsigned ", "").replace("signed ", "")) {
      case "char", "u8", "s8", "__u8", "__s8", "bool", "uint8_t", "int8_t" -> 1;
      case "short", "u16", "s16", "__u16", "__s16", "uint16_t", "int16_t", "short int" -> 2;
      case "int", "unsigned", "u32", "s32", "__u32", "__s32", "uint32_t", "int32_t" -> 4;
      case "long", "long int", "size_t" -> longBytes;
      case "long long", "u64", "s64", "__u64", "__s64", "uint64_t", "int64_t" -> 8;
      default -> 0;
    };
  }

  /**
   * The value of a cast as libtraceevent's eval_type computes it: it masks, and never extends the
   * sign. Types it does not know leave the value alone.
   */
  static long cast(String type, long value) {
    if (type.endsWith("*")) {
      return value;
    }
    String bare = type.startsWith("unsigned ") ? type.substring(9) : type;
    return switch (bare) {
      case "char", "u8", "s8" -> value & 0xffL;
      case "short", "u16", "s16" -> value & 0xffffL;
      case "int", "u32", "s32" -> value & 0xffff_ffffL;
      default -> value;
    };
  }
}
