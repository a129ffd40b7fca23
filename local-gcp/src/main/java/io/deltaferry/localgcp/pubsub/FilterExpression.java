package io.deltaferry.localgcp.pubsub;

import java.util.List;
import java.util.Map;

/** A subscription's filter over message attributes. */
sealed interface FilterExpression {
  /** A message with these attributes is delivered. */
  boolean matches(Map<String, String> attributes);

  record Everything() implements FilterExpression {
    @Override
    public boolean matches(Map<String, String> attributes) {
      return true;
    }
  }

  record HasKey(String key) implements FilterExpression {
    @Override
    public boolean matches(Map<String, String> attributes) {
      return attributes.containsKey(key);
    }
  }

  record Equal(String key, String value) implements FilterExpression {
    @Override
    public boolean matches(Map<String, String> attributes) {
      return value.equals(attributes.get(key));
    }
  }

  record HasPrefix(String key, String prefix) implements FilterExpression {
    @Override
    public boolean matches(Map<String, String> attributes) {
      String value = attributes.get(key);
      return value != null && value.startsWith(prefix);
    }
  }

  record Not(FilterExpression operand) implements FilterExpression {
    @Override
    public boolean matches(Map<String, String> attributes) {
      return !operand.matches(attributes);
    }
  }

  record All(List<FilterExpression> operands) implements FilterExpression {
    public All {
      operands = List.copyOf(operands);
    }

    @Override
    public boolean matches(Map<String, String> attributes) {
      return operands.stream().allMatch(operand -> operand.matches(attributes));
    }
  }

  record Any(List<FilterExpression> operands) implements FilterExpression {
    public Any {
      operands = List.copyOf(operands);
    }

    @Override
    public boolean matches(Map<String, String> attributes) {
      return operands.stream().anyMatch(operand -> operand.matches(attributes));
    }
  }
}
