package io.deltaferry.cli;

import io.deltaferry.service.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the build, and what it runs on. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "deltaferry " + BuildVersion.text(),
      "Java "
          + Runtime.version()
          + " on "
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.arch")
    };
  }
}
