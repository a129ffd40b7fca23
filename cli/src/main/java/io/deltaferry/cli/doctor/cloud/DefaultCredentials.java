package io.deltaferry.cli.doctor.cloud;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.IdTokenCredentials;
import com.google.auth.oauth2.IdTokenProvider;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The application default credentials. */
public final class DefaultCredentials implements CallerTokens {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  @Override
  public String describe() throws IOException {
    GoogleCredentials credentials = credentials();
    if (credentials instanceof ServiceAccountCredentials account) {
      return String.valueOf(account.getClientEmail());
    }
    if (credentials instanceof ImpersonatedCredentials impersonated) {
      return impersonated.getAccount();
    }
    return credentials instanceof UserCredentials
        ? "a person's"
        : credentials.getClass().getSimpleName();
  }

  @Override
  public Map<String, List<String>> headers(URI api) throws IOException {
    return credentials().createScoped(SCOPE).getRequestMetadata(api);
  }

  /** A person's credentials give tokens for Google's own tools only, whatever the audience. */
  @Override
  public Optional<String> identity(String audience) throws IOException {
    GoogleCredentials credentials = credentials();
    if (!(credentials instanceof IdTokenProvider provider)
        || credentials instanceof UserCredentials) {
      return Optional.empty();
    }
    IdTokenCredentials token =
        IdTokenCredentials.newBuilder()
            .setIdTokenProvider(provider)
            .setTargetAudience(audience)
            .build();
    return Optional.of(token.refreshAccessToken().getTokenValue());
  }

  private static GoogleCredentials credentials() throws IOException {
    return GoogleCredentials.getApplicationDefault();
  }
}
