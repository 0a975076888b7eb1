package besser.trace.format;

import java.nio.ByteOrder;

/** An IPv6 address with its longest run of zeros left out, as the kernel's {@code %pI6c}. */
final class Ipv6Text {
  private Ipv6Text() {}

  static void appendCompressed(StringBuilder out, byte[] from, int at) {
    int[] words = new int[8];
    for (int i = 0; i < 8; i++) {
      words[i] = (int) FieldBytes.number(from, at + 2 * i, 2, ByteOrder.BIG_ENDIAN);
    }
    boolean ipv4 = endsInIpv4(words);
    int range = ipv4 ? 6 : 8;
    int[] run = longestRun(words, range);
    boolean colon = false;
    for (int i = 0; i < range; i++) {
      if (i == run[0]) {
        out.append(colon || i == 0 ? "::" : ":");
        colon = false;
        i += run[1] - 1;
        continue;
      }
      out.append(colon ? ":" : "").append(Integer.toHexString(words[i]));
      colon = true;
    }
    if (ipv4) {
      out.append(colon ? ":" : "");
      for (int i = 12; i < 16; i++) {
        out.append(i > 12 ? "." : "").append(from[at + i] & 0xff);
      }
    }
  }

  private static boolean endsInIpv4(int[] words) {
    boolean upperZero = (words[0] | words[1] | words[2] | words[3]) == 0;
    boolean mapped = upperZero && words[4] == 0 && words[5] == 0xffff;
    boolean isatap = (words[4] | 0x0200) == 0x0200 && words[5] == 0x5efe;
    return mapped || isatap;
  }

  /** Start and length of the first longest run of zeros; start -1 when none is longer than one. */
  private static int[] longestRun(int[] words, int range) {
    int start = -1;
    int longest = 1;
    for (int i = 0; i < range; i++) {
      int length = 0;
      while (i + length < range && words[i + length] == 0) {
        length++;
      }
      if (length > longest) {
        longest = length;
        start = i;
      }
    }
    return new int[] {start, longest};
  }
}
