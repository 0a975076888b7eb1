package besser.rig.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.plan.DevicePlan;
import besser.experiment.plan.PlanReader;
import besser.rig.connection.SshAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be said of the practice device without booting it; bench/lab boots it. */
class LabTest {
  @Test
  void namesThePackagesOfWhatIsMissing(@TempDir Path folder) throws Exception {
    assertEquals(
        List.of("qemu-system-x86", "mmdebstrap", "e2fsprogs", "openssh-client"),
        LabImage.missing(List.of(folder.toString())));
    Path tool = Files.createFile(folder.resolve("mmdebstrap"));
    assertTrue(tool.toFile().setExecutable(true));
    assertEquals(
        List.of("qemu-system-x86", "e2fsprogs", "openssh-client"),
        LabImage.missing(List.of("/nowhere:" + folder)));
    assertEquals(
        "apt-get install --no-install-recommends a b", LabImage.installation(List.of("a", "b")));
  }

  @Test
  void anImageIsFreshOnlyWithItsRecipe(@TempDir Path folder) throws Exception {
    Lab lab = new Lab(folder, line -> {});
    assertFalse(lab.isBuilt());
    Files.writeString(folder.resolve("recipe"), "of an older besser\n");
    assertFalse(lab.isBuilt());
    Files.writeString(folder.resolve("recipe"), LabImage.recipe());
    assertTrue(lab.isBuilt());
  }

  @Test
  void takesNoOtherProcessForItsOwn(@TempDir Path folder) throws Exception {
    Lab lab = new Lab(folder, line -> {});
    assertEquals(Optional.empty(), lab.process());
    Files.writeString(folder.resolve("pid"), ProcessHandle.current().pid() + "\n");
    assertEquals(Optional.empty(), lab.process());
    assertFalse(lab.down(), "and so ends none");
    Files.writeString(folder.resolve("pid"), "none");
    assertEquals(Optional.empty(), lab.process());
  }

  @Test
  void repeatsWhatTheMachineSaidLast(@TempDir Path folder) throws Exception {
    Lab lab = new Lab(folder, line -> {});
    assertEquals("", lab.lastWords());
    Files.writeString(
        lab.consoleFile(), "lab: kernel 6.1\r\n[ 8.7] firmware missing\r\nlab: ready\r\n");
    assertEquals("ready", lab.lastWords());
  }

  @Test
  void itsPlanAndItsAddressFitTogether(@TempDir Path folder) {
    DevicePlan plan = PlanReader.read(Path.of("..", "plans", "lab.yaml")).plan().device();
    assertEquals(Lab.LOAD_PORT, plan.traffic().port());
    SshAddress usual = SshAddress.parse(plan.usual().orElseThrow());
    SshAddress here = SshAddress.parse(new Lab(folder, line -> {}).address());
    assertEquals(Lab.SSH_PORT, usual.port());
    assertEquals(usual.port(), here.port());
    assertEquals(usual.host(), here.host());
    assertEquals(usual.load(), here.load());
    assertEquals(Optional.of(folder.resolve("id")), here.key());
  }
}
