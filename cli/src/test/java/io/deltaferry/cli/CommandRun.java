package io.deltaferry.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What a command did when it was run in this process. */
public record CommandRun(int exit, String out, String err) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new CommandRun(exit, out.toString(), err.toString());
  }

  /** Every line of stdout, as JSON. */
  public List<JsonNode> json() {
    return out.lines().map(CommandRun::parse).toList();
  }

  /** The object of this table. */
  public JsonNode json(String table) {
    return json().stream()
        .filter(node -> node.path("table").asText().equals(table))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no object of " + table + " in: " + out + err));
  }

  static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }
}
