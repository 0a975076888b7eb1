package besser.cli.start;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Gives the classes of an archive a newer format where theirs is from before Java 6. The JVM keeps
 * no class of such a format in its cache; picocli's 200 are loaded and verified anew by every
 * process, which takes longer than all else that a start does. Nothing changes but the version and
 * the stack maps that newer versions must have.
 */
public final class NewerClasses {
  private final JarFile archive;
  private final ClassFile format;

  private NewerClasses(JarFile archive) {
    this.archive = archive;
    this.format =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofClassLoading(NewerClasses.class.getClassLoader())));
  }

  /** Rewrites the archives that are named. */
  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      rewrite(Path.of(jar));
    }
  }

  /**
   * Rewrites an archive in place.
   *
   * @throws IOException when it cannot be read or replaced; it is as it was then
   */
  public static void rewrite(Path jar) throws IOException {
    Path rewritten = Files.createTempFile(jar.toAbsolutePath().getParent(), "newer", ".jar");
    try {
      try (JarFile archive = new JarFile(jar.toFile());
          ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(rewritten))) {
        new NewerClasses(archive).copyTo(out);
      }
      Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(rewritten);
    }
  }

  private void copyTo(ZipOutputStream out) throws IOException {
    List<JarEntry> entries = archive.stream().filter(entry -> !entry.isDirectory()).toList();
    for (JarEntry entry : entries) {
      byte[] bytes = archive.getInputStream(entry).readAllBytes();
      ZipEntry copy = new ZipEntry(entry.getName());
      copy.setTime(entry.getTime());
      out.putNextEntry(copy);
      out.write(entry.getName().endsWith(".class") ? newer(bytes) : bytes);
    }
  }

  private byte[] newer(byte[] bytes) {
    ClassModel model = format.parse(bytes);
    if (model.majorVersion() >= ClassFile.JAVA_6_VERSION) {
      return bytes;
    }
    return format.transformClass(
        model,
        (to, element) -> {
          switch (element) {
            case ClassFileVersion _ -> to.withVersion(ClassFile.JAVA_8_VERSION, 0);
            // only code that is passed on element by element gets stack maps
            case MethodModel method ->
                to.transformMethod(
                    method, MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
            default -> to.with(element);
          }
        });
  }
}
