package io.deltaferry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunJobBodyTest {
  @Test
  void readsTheVariablesOfTheOneContainer() {
    assertThat(
            variables("{'overrides':{'containerOverrides':[{'env':[{'name':'A','value':'1'}]}]}}"))
        .isEqualTo(Map.of("A", "1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | overrides is missing",
        "{'overrides':{},'validateOnly':true} | Unknown name \"validateOnly\"",
        "{'overrides':{'taskCount':2}} | Unknown name \"taskCount\"",
        "{'overrides':{'containerOverrides':[]}} | the job has one container",
        "{'overrides':{'containerOverrides':[{},{}]}} | the job has one container",
        "{'overrides':{'containerOverrides':[{'args':['x']}]}} | Unknown name \"args\"",
        "{'overrides':{'containerOverrides':[{'env':[{'name':'A','valueSource':{}}]}]}} | \"valueSource\"",
        "{'overrides':{'containerOverrides':[{'env':[{'name':'A'}]}]}} | value must be text",
        "{'overrides':{'containerOverrides':[{'env':[{'name':'A','value':1}]}]}} | value must be text",
        "{'overrides':{'containerOverrides':[{'env':[{'name':'PORT','value':'1'}]}]}} | PORT is reserved",
        "{'overrides':{'containerOverrides':[{'env':[{'name':'CLOUD_RUN_JOB','value':'1'}]}]}} | is reserved",
        "{'overrides':{'containerOverrides':[{'env':[{'name':'A','value':'1'},{'name':'A','value':'2'}]}]}} | twice",
      })
  void refusesWhatItWouldNotDo(String body, String words) {
    assertThatThrownBy(() -> variables(body))
        .isInstanceOfSatisfying(GoogleError.class, e -> assertThat(e.code()).isEqualTo(400))
        .hasMessageContaining(words);
  }

  @Test
  void refusesAValueThatCloudRunWouldNotTake() {
    String longest = "x".repeat(32_768);
    String form = "{'overrides':{'containerOverrides':[{'env':[{'name':'A','value':'%s'}]}]}}";
    assertThat(variables(form.formatted(longest))).containsEntry("A", longest);
    assertThatThrownBy(() -> variables(form.formatted(longest + "x")))
        .isInstanceOf(GoogleError.class);
  }

  private static Map<String, String> variables(String json) {
    try {
      return RunJobBody.variables(JsonMapper.builder().build().readTree(json.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }
}
