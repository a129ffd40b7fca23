package io.deltaferry.localgcp.bigquery.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.http.HttpCall;
import io.deltaferry.localgcp.http.JsonHttpServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Describes the methods that exist to clients that build themselves from a description. */
final class DiscoveryDocument {
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-zA-Z]+)}");

  /** The query parameters of each method; {@code a:b} is a parameter of type b. */
  private static final Map<String, String> PARAMETERS =
      Map.ofEntries(
          Map.entry("bigquery.projects.list", "maxResults:integer pageToken"),
          Map.entry("bigquery.projects.getServiceAccount", ""),
          Map.entry("bigquery.datasets.list", "all:boolean filter maxResults:integer pageToken"),
          Map.entry("bigquery.datasets.insert", "accessPolicyVersion:integer"),
          Map.entry("bigquery.datasets.get", "accessPolicyVersion:integer datasetView"),
          Map.entry("bigquery.datasets.patch", "accessPolicyVersion:integer updateMode"),
          Map.entry("bigquery.datasets.update", "accessPolicyVersion:integer updateMode"),
          Map.entry("bigquery.datasets.delete", "deleteContents:boolean"),
          Map.entry("bigquery.tables.list", "maxResults:integer pageToken"),
          Map.entry("bigquery.tables.insert", ""),
          Map.entry("bigquery.tables.get", "selectedFields view"),
          Map.entry("bigquery.tables.patch", "autodetect_schema:boolean"),
          Map.entry("bigquery.tables.update", "autodetect_schema:boolean"),
          Map.entry("bigquery.tables.delete", ""),
          Map.entry(
              "bigquery.tabledata.list",
              "formatOptions.useInt64Timestamp:boolean maxResults:integer pageToken"
                  + " selectedFields startIndex"),
          Map.entry("bigquery.tabledata.insertAll", ""),
          Map.entry("bigquery.tables.testIamPermissions", ""),
          Map.entry("bigquery.jobs.insert", ""),
          Map.entry("bigquery.jobs.get", "location"),
          Map.entry("bigquery.jobs.cancel", "location"),
          Map.entry("bigquery.jobs.delete", "location"),
          Map.entry(
              "bigquery.jobs.list",
              "allUsers:boolean maxCreationTime maxResults:integer minCreationTime pageToken"
                  + " parentJobId projection stateFilter"),
          Map.entry("bigquery.jobs.query", ""),
          Map.entry(
              "bigquery.jobs.getQueryResults",
              "formatOptions.useInt64Timestamp:boolean location maxResults:integer pageToken"
                  + " startIndex timeoutMs:integer"));

  private final List<Routes.Method> methods;

  DiscoveryDocument(List<Routes.Method> methods) {
    this.methods = List.copyOf(methods);
  }

  void addTo(JsonHttpServer server) {
    server.route("GET", "/$discovery/rest", this::answer);
    server.route("GET", "/discovery/v1/apis/bigquery/v2/rest", this::answer);
  }

  private void answer(HttpCall call) throws IOException {
    call.respondJson(200, write(call.baseUrl()));
  }

  ObjectNode write(String baseUrl) {
    ObjectNode json =
        Json.object()
            .put("kind", "discovery#restDescription")
            .put("discoveryVersion", "v1")
            .put("id", "bigquery:v2")
            .put("name", "bigquery")
            .put("version", "v2")
            .put("title", "BigQuery API")
            .put("protocol", "rest")
            .put("rootUrl", baseUrl + "/")
            .put("servicePath", "bigquery/v2/")
            .put("baseUrl", baseUrl + "/bigquery/v2/")
            .put("basePath", "/bigquery/v2/")
            .put("batchPath", "batch/bigquery/v2");
    common(json.putObject("parameters"));
    json.putObject("schemas")
        .putObject("Any")
        .put("id", "Any")
        .put("type", "object")
        .putObject("additionalProperties")
        .put("type", "any");
    ObjectNode resources = json.putObject("resources");
    methods.forEach(method -> add(resources, method));
    return json;
  }

  private static void common(ObjectNode parameters) {
    for (String name : List.of("alt", "fields", "key", "quotaUser", "prettyPrint", "userIp")) {
      parameters.putObject(name).put("type", "string").put("location", "query");
    }
  }

  private static void add(ObjectNode resources, Routes.Method method) {
    String[] parts = method.id().split("\\.", -1);
    ObjectNode json =
        resources.withObject("/" + parts[1]).withObject("/methods").putObject(parts[2]);
    json.put("id", method.id());
    json.put("httpMethod", method.verb());
    json.put("path", method.path());
    ObjectNode parameters = json.putObject("parameters");
    ArrayNode order = json.putArray("parameterOrder");
    Matcher variables = VARIABLE.matcher(method.path());
    while (variables.find()) {
      order.add(variables.group(1));
      parameters
          .putObject(variables.group(1))
          .put("type", "string")
          .put("location", "path")
          .put("required", true);
    }
    query(parameters, method.id());
    if (List.of("POST", "PUT", "PATCH").contains(method.verb())) {
      json.putObject("request").put("$ref", "Any");
    }
    json.putObject("response").put("$ref", "Any");
    if (method.id().equals("bigquery.jobs.insert")) {
      // bq cannot even build a request without it; the upload itself is refused.
      json.put("supportsMediaUpload", true);
      json.putObject("mediaUpload")
          .putObject("protocols")
          .putObject("simple")
          .put("multipart", true)
          .put("path", "/upload/bigquery/v2/" + method.path());
    }
  }

  private static void query(ObjectNode parameters, String id) {
    String declared = PARAMETERS.get(id);
    if (declared == null) {
      throw new IllegalStateException("say which query parameters " + id + " has");
    }
    for (String parameter : declared.split(" ", -1)) {
      if (!parameter.isEmpty()) {
        int colon = parameter.indexOf(':');
        String name = colon < 0 ? parameter : parameter.substring(0, colon);
        parameters
            .putObject(name)
            .put("type", colon < 0 ? "string" : parameter.substring(colon + 1))
            .put("location", "query");
      }
    }
  }
}
