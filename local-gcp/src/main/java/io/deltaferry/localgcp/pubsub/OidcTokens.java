package io.deltaferry.localgcp.pubsub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.pubsub.v1.PushConfig;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the identity tokens of pushes: Google's form, but signed with a key made for this process,
 * so that a receiver that really verifies refuses them.
 */
final class OidcTokens {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIFETIME_SECONDS = 3_600;

  private final Clock clock;
  private @Nullable KeyPair pair;

  OidcTokens(Clock clock) {
    this.clock = clock;
  }

  /** A token for this push; its audience is the endpoint where none is configured. */
  String tokenFor(PushConfig push) {
    PushConfig.OidcToken asked = push.getOidcToken();
    String audience = asked.getAudience().isEmpty() ? push.getPushEndpoint() : asked.getAudience();
    long now = clock.instant().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", audience);
    claims.put("azp", "local");
    claims.put("email", asked.getServiceAccountEmail());
    claims.put("email_verified", true);
    claims.put("exp", now + LIFETIME_SECONDS);
    claims.put("iat", now);
    claims.put("iss", "https://accounts.google.com");
    claims.put("sub", "local");
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", "RS256");
    header.put("kid", "local");
    header.put("typ", "JWT");
    String signed = segment(json(header)) + "." + segment(json(claims));
    return signed + "." + segment(sign(signed));
  }

  private byte[] sign(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair().getPrivate());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot sign with RSA", e);
    }
  }

  private synchronized KeyPair pair() {
    KeyPair present = pair;
    if (present == null) {
      present = newPair();
      pair = present;
    }
    return present;
  }

  private static KeyPair newPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot make RSA keys", e);
    }
  }

  private static byte[] json(Map<String, Object> values) {
    try {
      return JSON.writeValueAsBytes(values);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String segment(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
