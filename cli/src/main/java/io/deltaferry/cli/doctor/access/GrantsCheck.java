package io.deltaferry.cli.doctor.access;

import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.GoogleRefusal;
import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.cli.doctor.cloud.Cloud;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The services hold their roles on one resource, by its own policy or by the project's.
 *
 * @param wanted the roles that are needed on it
 */
record GrantsCheck(Cloud cloud, PolicySource source, RestPolicy project, List<Grant> wanted)
    implements Check {
  GrantsCheck {
    wanted = List.copyOf(wanted);
  }

  @Override
  public String area() {
    return "roles";
  }

  @Override
  public String name() {
    return source.describe();
  }

  @Override
  public Finding look() {
    if (cloud.isLocal()) {
      return Finding.notChecked("no IAM here");
    }
    try {
      return judge(source.read());
    } catch (RuntimeException e) {
      GoogleRefusal refusal = GoogleRefusal.of(e).orElse(null);
      if (refusal == GoogleRefusal.DENIED) {
        throw new NotCheckedException("its policy is not visible to you");
      }
      if (refusal == GoogleRefusal.NOT_FOUND) {
        throw new NotCheckedException("there is no such thing, see above");
      }
      throw e;
    }
  }

  private Finding judge(Bindings own) {
    List<Grant> absent = absent(own, wanted);
    if (absent.isEmpty()) {
      return Finding.ok(wanted.size() + (wanted.size() == 1 ? " role" : " roles") + " as needed");
    }
    Optional<Bindings> inherited = project.ifVisible();
    List<Grant> lacking = inherited.map(policy -> absent(policy, absent)).orElse(absent);
    if (lacking.isEmpty()) {
      return Finding.ok("as needed, some of them granted on the whole project");
    }
    Remedy[] remedies = lacking.stream().map(this::remedy).toArray(Remedy[]::new);
    return inherited.isPresent()
        ? Finding.missing(describe(lacking), remedies)
        : Finding.warning(
            describe(lacking) + ", unless the project grants it, whose policy is not visible",
            remedies);
  }

  private List<Grant> absent(Bindings policy, List<Grant> grants) {
    Identities identities = new Identities(cloud);
    return grants.stream()
        .filter(grant -> !policy.grant(grant.role(), identities.pattern(grant.identity())))
        .toList();
  }

  private Remedy remedy(Grant grant) {
    return Remedy.shell(
        source.addBinding(new Identities(cloud).forShell(grant.identity()), grant.role()));
  }

  private static String describe(List<Grant> lacking) {
    return lacking.stream()
        .map(grant -> "the " + grant.identity() + " lacks " + grant.role())
        .collect(Collectors.joining("; "));
  }
}
