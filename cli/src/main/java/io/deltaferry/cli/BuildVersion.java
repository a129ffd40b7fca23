package io.deltaferry.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version: the commit this program was built from. */
final class BuildVersion implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "deltaferry " + commit(),
      "Java "
          + Runtime.version()
          + " on "
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.arch")
    };
  }

  private static String commit() throws IOException {
    try (InputStream in = BuildVersion.class.getResourceAsStream("/deltaferry-build.properties")) {
      if (in == null) {
        return "built from a source archive (commit unknown)";
      }
      Properties build = new Properties();
      build.load(in);
      String commit = build.getProperty("git.commit.id.abbrev", "of an unknown commit");
      return Boolean.parseBoolean(build.getProperty("git.dirty"))
          ? commit + " with local changes"
          : commit;
    }
  }
}
