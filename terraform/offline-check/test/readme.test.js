import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { declarations } from "../src/readme/declarations.js";
import { readme, withTables } from "../src/readme/readme.js";

describe("the tables of the README", () => {
  test("say what the code declares", () => {
    const { is, shouldBe } = readme();
    assert.equal(is, shouldBe, "run `node terraform/offline-check/src/readme/readme.js`");
  });

  test("hold every kind of declaration", () => {
    const [plain, nested, required] = declarations(`
variable "plain" {
  description = "Says \\"this\\" of \`$\${NAME}\`."
  type        = map(string)
  default     = {}

  validation {
    condition     = true
    error_message = "never"
  }
}

variable "nested" {
  description = "An object."
  type = object({
    one   = optional(string, "a")
    other = list(object({
      deep = bool
    }))
  })
  default = null
}

variable "required" {
  description = "A text."
  type        = string
}
`);
    assert.deepEqual(plain, { kind: "variable", name: "plain", description: 'Says "this" of `${NAME}`.', type: "map(string)", default: "{}" });
    assert.equal(nested.type, 'object({ one = optional(string, "a"), other = list(object({ deep = bool })) })');
    assert.equal(nested.default, "null");
    assert.equal(required.default, undefined);
  });

  test("are replaced between their marks", () => {
    const variables = 'variable "a" {\n  description = "One | two."\n  type        = string\n}\n';
    const outputs = 'output "b" {\n  description = "Three."\n  value       = 1\n}\n';
    const text = "x\n<!-- inputs -->\nold\n<!-- /inputs -->\ny\n<!-- outputs -->\n\n<!-- /outputs -->\n";
    assert.equal(
      withTables(text, variables, outputs),
      "x\n<!-- inputs -->\n| input | type | default | meaning |\n| --- | --- | --- | --- |\n| `a` | `string` | required | One \\| two. |\n<!-- /inputs -->\n" +
        "y\n<!-- outputs -->\n| output | meaning |\n| --- | --- |\n| `b` | Three. |\n<!-- /outputs -->\n",
    );
  });

  test("need a place and a description", () => {
    assert.throws(() => withTables("nothing", "", ""), /no place for inputs/);
    assert.throws(() => declarations('variable "a" {\n  type = string\n}\n'), /variable a has no description/);
  });
});
