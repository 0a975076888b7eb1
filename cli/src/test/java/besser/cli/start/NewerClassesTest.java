package besser.cli.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NewerClassesTest {
  private static Path copyOfPicocli(Path folder) throws Exception {
    Path original =
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return Files.copy(original, folder.resolve("picocli.jar"));
  }

  private static int oldClasses(Path jar) throws IOException {
    int old = 0;
    try (JarFile archive = new JarFile(jar.toFile())) {
      for (JarEntry entry : archive.stream().toList()) {
        if (entry.getName().endsWith(".class")) {
          byte[] bytes = archive.getInputStream(entry).readAllBytes();
          old += ClassFile.of().parse(bytes).majorVersion() < ClassFile.JAVA_6_VERSION ? 1 : 0;
        }
      }
    }
    return old;
  }

  @Test
  void leavesNoOldClassAndAllOfThemLoad(@TempDir Path folder) throws Exception {
    Path jar = copyOfPicocli(folder);
    assertTrue(oldClasses(jar) > 0, "picocli has been renewed: NewerClasses is not needed");
    NewerClasses.rewrite(jar);
    assertEquals(0, oldClasses(jar));
    try (URLClassLoader alone =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      // initialising a class verifies it
      Class<?> renewed = Class.forName(CommandLine.class.getName(), true, alone);
      assertNotEquals(CommandLine.class, renewed);
      for (Class<?> inner : renewed.getDeclaredClasses()) {
        Class.forName(inner.getName(), true, alone);
      }
    }
  }

  @Test
  void leavesNewerClassesAsTheyAre(@TempDir Path folder) throws Exception {
    Path jar = copyOfPicocli(folder);
    NewerClasses.rewrite(jar);
    byte[] once = Files.readAllBytes(jar);
    NewerClasses.rewrite(jar);
    assertEquals(once.length, Files.readAllBytes(jar).length);
  }
}
