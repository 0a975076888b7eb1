package besser.trace.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.EventFormat;
import besser.trace.Field;
import besser.trace.TraceFormatException;
import org.junit.jupiter.api.Test;

class FormatFileTest {
  private static final String COMMON =
      """
      format:
      \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
      \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

      """;

  private static EventFormat parse(String fields) {
    String text = "name: sample\nID: 42\n" + COMMON + fields + "\nprint fmt: \"x\"\n";
    return FormatFile.parse(text, "test", 8, "sample/format");
  }

  @Test
  void separatesCommonFromOwnFields() {
    EventFormat format = parse("\tfield:void * work;\toffset:8;\tsize:8;\tsigned:0;\n");

    assertEquals("test:sample", format.qualifiedName());
    assertEquals(42, format.id());
    assertEquals(2, format.commonFields().size());
    assertEquals("\"x\"", format.printFormat());
    Field work = format.field("work");
    assertEquals(new Field("work", "void *", 2, 8, 8, 8, false, Field.Kind.NUMBER), work);
    assertTrue(work.isPointer());
  }

  @Test
  void tellsTextsArraysAndDynamicFieldsApart() {
    EventFormat format =
        parse(
            """
            \tfield:char comm[16];\toffset:8;\tsize:16;\tsigned:0;
            \tfield:unsigned long args[6];\toffset:24;\tsize:48;\tsigned:0;
            \tfield:__data_loc char[] name;\toffset:72;\tsize:4;\tsigned:0;
            \tfield:__data_loc unsigned int[] cpus;\toffset:76;\tsize:4;\tsigned:0;
            \tfield:__rel_loc char[] path;\toffset:80;\tsize:4;\tsigned:0;
            \tfield:__rel_loc u8[] raw;\toffset:84;\tsize:4;\tsigned:0;
            \tfield:u8 mac[6];\toffset:88;\tsize:6;\tsigned:0;
            \tfield:char buf[];\toffset:96;\tsize:0;\tsigned:0;
            \tfield:struct timespec ts;\toffset:96;\tsize:12;\tsigned:0;
            """);

    assertEquals(Field.Kind.TEXT, format.field("comm").kind());
    assertEquals(Field.Kind.ARRAY, format.field("args").kind());
    assertEquals(8, format.field("args").elementBytes());
    assertEquals(Field.Kind.DYNAMIC_TEXT, format.field("name").kind());
    assertEquals(Field.Kind.DYNAMIC_ARRAY, format.field("cpus").kind());
    assertEquals(4, format.field("cpus").elementBytes());
    assertEquals(Field.Kind.RELATIVE_TEXT, format.field("path").kind());
    assertEquals(Field.Kind.RELATIVE_ARRAY, format.field("raw").kind());
    assertEquals(Field.Kind.ARRAY, format.field("mac").kind());
    assertEquals(Field.Kind.TEXT, format.field("buf").kind());
    assertEquals(Field.Kind.ARRAY, format.field("ts").kind());
  }

  @Test
  void readsTheWidthOfABitField() {
    Field field =
        parse("\tfield:unsigned int flag:3;\toffset:8;\tsize:4;\tsigned:0;\n").field("flag");

    assertEquals(Field.Kind.BITFIELD, field.kind());
    assertEquals(3, field.bitWidth());
  }

  @Test
  void namesPlaceAndFindingOfADamagedField() {
    TraceFormatException e =
        assertThrows(
            TraceFormatException.class,
            () -> parse("\tfield:int x;\toffset:8;\tsize:banana;\tsigned:1;\n"));

    assertEquals("sample/format", e.file());
    assertTrue(String.valueOf(e.getMessage()).contains("'banana'"), e.getMessage());
  }

  @Test
  void listsTheFieldsThereAreWhenOneIsMissing() {
    EventFormat format = parse("\tfield:int x;\toffset:8;\tsize:4;\tsigned:1;\n");

    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> format.field("y"));
    assertEquals("test:sample has no field y, it has [x]", e.getMessage());
  }
}
