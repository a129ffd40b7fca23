package io.deltaferry.gcp;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import io.deltaferry.config.Secret;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Fetches secrets from Secret Manager when they are needed. */
public final class SecretVersions {
  private SecretVersions() {}

  /**
   * The secret's value; empty for none.
   *
   * @throws DeltaferryException SETTING_INVALID when Secret Manager does not hand it out
   */
  public static String resolve(@Nullable Secret secret) {
    if (secret == null) {
      return "";
    }
    if (secret instanceof Secret.Value known) {
      return known.value();
    }
    return fetch(((Secret.Reference) secret).version());
  }

  private static String fetch(String version) {
    try (SecretManagerServiceClient client = SecretManagerServiceClient.create()) {
      return client.accessSecretVersion(version).getPayload().getData().toStringUtf8();
    } catch (ApiException | IOException e) {
      throw new DeltaferryException(
          ErrorCode.SETTING_INVALID,
          "cannot read the secret "
              + version
              + ": check that it exists and that this service may access it",
          e);
    }
  }
}
