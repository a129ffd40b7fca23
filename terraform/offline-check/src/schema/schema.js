import { read } from "./source.js";

const PRIMITIVES = { String: "string", Number: "number", Boolean: "bool" };
const TYPESCRIPT_TYPES = {
  string: "string",
  number: "number",
  "boolean | cdktf.IResolvable": "bool",
  "string[]": ["list", "string"],
  "number[]": ["list", "number"],
  "{ [key: string]: string }": ["map", "string"],
};
const POSSIBLE_VALUES = /Possible values: (\[(?:"[^"\]]*"(?:, )?)+\])/;

/**
 * The schema of one module: {kind, type, block}. A block holds `attributes` (name, type as cty JSON, required, optional, computed, and
 * `allowed` where the documentation lists an enum) and `blocks` (name, nesting, min, max, block).
 */
export function schemaOf(text) {
  const facts = read(text);
  return { kind: facts.kind, type: facts.type, block: blockOf(facts, facts.name) };
}

function blockOf(facts, className) {
  const block = { attributes: [], blocks: [] };
  for (const field of fieldsOf(facts, className)) {
    const nested = nestedClass(field);
    const entry = facts.classes.get(className).hcl.get(field.name);
    if (nested && entry?.isBlock) {
      block.blocks.push(nestedBlock(facts, field, nested, entry));
    } else {
      block.attributes.push(attribute(facts, className, field, nested, entry));
    }
  }
  return block;
}

// The provider's own nested blocks are never read back, so the generator writes no commented getters for them: only their interface.
function fieldsOf(facts, className) {
  const { fields } = facts.classes.get(className);
  if (fields.length > 0) return fields;
  return [...(facts.properties.get(className) ?? [])].map(([name, { optional, type }]) => ({
    name,
    computed: false,
    optional,
    required: !optional,
    declared: `?: ${type}`,
    returned: "",
  }));
}

function nestedClass({ declared }) {
  const made = /^ = new (?!cdktf\.)(\w+?)(OutputReference|List)\(this, "\w+"(?:, (true|false))?\)$/.exec(declared);
  if (made) return { name: made[1], single: made[2] === "OutputReference", set: made[3] === "true" };
  const listed = /^\?: (\w+)\[\] \| cdktf\.IResolvable$/.exec(declared);
  return listed && { name: listed[1], single: false, set: false };
}

function nestedBlock(facts, field, nested, entry) {
  const struct = entry.type === "struct";
  return {
    name: field.name,
    nesting: struct ? "single" : entry.type,
    min: field.required && !struct ? 1 : 0,
    max: nested.single && !struct ? 1 : 0,
    block: blockOf(facts, nested.name),
  };
}

function attribute(facts, className, field, nested, entry) {
  const { name, required, optional, computed } = field;
  const doc = facts.properties.get(className)?.get(name)?.doc;
  const values = doc && POSSIBLE_VALUES.exec(doc.replace(/\n {2}\* ?/g, " "));
  const type = nested ? [nested.set ? "set" : "list", objectType(facts, nested.name)] : simpleType(field, entry);
  return { name, type, required, optional, computed, ...(values ? { allowed: JSON.parse(values[1]) } : {}) };
}

function objectType(facts, className) {
  const members = blockOf(facts, className);
  return ["object", Object.fromEntries(members.attributes.map(({ name, type }) => [name, type]))];
}

function simpleType({ name, declared, returned }, entry) {
  if (/new cdktf\.StringMapList\(/.test(declared)) return ["list", ["map", "string"]];
  const map = /new cdktf\.(\w+)Map\(/.exec(declared);
  if (map) return ["map", PRIMITIVES[map[1]]];
  const getter = /this\.get(String|Number|Boolean)?(List|Map)?Attribute\('\w+'\)/.exec(returned);
  if (!getter) return typescriptType(name, declared);
  const element = PRIMITIVES[getter[1] ?? "String"];
  if (getter[2] === "Map") return ["map", element];
  if (getter[2] !== "List") return element;
  // Sets are read through tolist(); what is set and list in an argument the HCL entry says too.
  return [returned.startsWith("cdktf.Fn.tolist(") || entry?.type === "set" ? "set" : "list", element];
}

function typescriptType(name, declared) {
  const type = TYPESCRIPT_TYPES[declared.replace(/^\?: /, "").replace(/ \| undefined$/, "")];
  if (!type) throw new Error(`${name}: no type known for "${declared}"`);
  return type;
}
