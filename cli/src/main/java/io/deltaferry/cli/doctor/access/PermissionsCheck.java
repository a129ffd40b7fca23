package io.deltaferry.cli.doctor.access;

import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.cli.doctor.cloud.Cloud;
import java.util.ArrayList;
import java.util.List;

/**
 * The caller may do on one resource what the commands do there.
 *
 * @param needed the permissions
 * @param role one that holds them and little else
 */
record PermissionsCheck(Cloud cloud, PermissionSource source, List<String> needed, String role)
    implements Check {
  /** Nobody but the caller's own tools knows who the caller is. */
  static final String CALLER = "user:$(gcloud config get account)";

  PermissionsCheck {
    needed = List.copyOf(needed);
  }

  @Override
  public String area() {
    return "permissions";
  }

  @Override
  public String name() {
    return "yours on " + source.describe();
  }

  @Override
  public Finding look() {
    if (cloud.isLocal()) {
      throw new NotCheckedException("no IAM here");
    }
    List<String> lacking = new ArrayList<>(needed);
    lacking.removeAll(source.granted(needed));
    return lacking.isEmpty()
        ? Finding.ok(String.join(", ", needed))
        : Finding.missing(
            "you lack " + String.join(", ", lacking),
            Remedy.shell(source.addBinding(CALLER, role)));
  }
}
