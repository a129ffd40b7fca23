package io.deltaferry.cli.doctor.database;

import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.GoogleRefusal;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.config.Secret;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.sql.PgIdentifier;
import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.SourceEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The database lets the table file's user in. */
public record LoginCheck(SourceSessions sessions) implements Check {
  @Override
  public String area() {
    return "database";
  }

  @Override
  public String name() {
    return "login";
  }

  @Override
  public Finding look() {
    try {
      PostgresSession session = sessions.login();
      sessions.giveBack(session);
      return Finding.ok("%s at %s".formatted(config().user(), place(config().endpoint())));
    } catch (DeltaferryException e) {
      if (e.code() == ErrorCode.SETTING_INVALID
          && GoogleRefusal.of(e).equals(Optional.of(GoogleRefusal.DENIED))) {
        return Finding.notChecked(
            "its password is a secret that you may not read; only the extractor has to");
      }
      return e.code() == ErrorCode.SOURCE_LOGIN_REFUSED
          ? refused(e)
          : Finding.missing(
              "no session at " + place(config().endpoint()),
              Remedy.advice(e.getMessage()),
              Remedy.advice("a database that only the services reach: run doctor in its network"));
    }
  }

  private Finding refused(DeltaferryException failure) {
    List<Remedy> remedies = new ArrayList<>();
    String role = PgIdentifier.quote(config().user());
    if (config().iamAuth()) {
      remedies.add(
          Remedy.shell(
              "gcloud auth application-default login --impersonate-service-account=%s%s"
                  .formatted(config().user(), ".gserviceaccount.com")));
    } else if (config().password() instanceof Secret.Reference secret) {
      remedies.add(
          Remedy.shell(
              "printf %%s \"$PASSWORD\" | gcloud secrets versions add %s --data-file=-"
                  .formatted(secret.version().replaceFirst("/versions/.*", ""))));
      remedies.add(Remedy.advice("or, in psql as an administrator: \\password " + role));
    } else {
      remedies.add(
          Remedy.advice(
              "correct source.user and source.password (PGPASSWORD for a local stack), or, in psql"
                  + " as an administrator: \\password "
                  + role));
    }
    return Finding.missing(failure.getMessage(), remedies.toArray(Remedy[]::new));
  }

  private SourceConfig config() {
    return sessions.config();
  }

  /** Without user, password and properties. */
  static String place(SourceEndpoint endpoint) {
    if (endpoint instanceof SourceEndpoint.AlloyDb alloyDb) {
      return alloyDb.instance() + "/" + alloyDb.database();
    }
    if (endpoint instanceof SourceEndpoint.CloudSql cloudSql) {
      return cloudSql.instance() + "/" + cloudSql.database();
    }
    return ((SourceEndpoint.Jdbc) endpoint)
        .jdbcUrl()
        .replaceFirst("^jdbc:postgresql://", "")
        .replaceFirst("\\?.*", "");
  }
}
