package io.deltaferry.config;

/**
 * Where in a file something stands.
 *
 * @param line from 1
 * @param path dotted keys
 */
record Place(Problems problems, int line, String path) {
  void problem(String what) {
    problems.add(line, path, what);
  }

  Place child(int childLine, String key) {
    return new Place(problems, childLine, path.isEmpty() ? key : path + "." + key);
  }

  Place element(int elementLine, int index) {
    return new Place(problems, elementLine, "%s[%d]".formatted(path, index));
  }
}
