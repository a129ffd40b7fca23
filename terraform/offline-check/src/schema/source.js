// Reads the generated TypeScript of one module into plain facts. The text comes from one generator and is utterly regular, so patterns
// over lines suffice; a field announced but not understood is an error, never a guess.

const CLASS = /^export class (\w+) extends cdktf\.(\w+) \{$([\s\S]*?)^\}$/gm;
const INTERFACE = /^export interface (\w+)(?: extends [\w.]+)? \{$([\s\S]*?)^\}$/gm;
const HCL_FUNCTION = /^export function (\w+)ToHclTerraform\([\s\S]*?^\}$/gm;
const FIELD =
  /^ {2}\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (true|false)\n(?: {2}private _\w+( = new .*|\?: .*); ?\n)? {2}public get \w+\(\) \{\n {4}return (.*);$/gm;
const HCL_ENTRY = /^ +(\w+): \{\n +value: .*\n +isBlock: (true|false),\n +type: "(\w+)",\n +storageClassType: "(\w+)",$/gm;
const PROPERTY = /\/\*\*\n((?: {2}\*.*\n)*?) {2}\*\/\n {2}readonly \w+(\??): (.*);/g;
const DOC_LINK = /#(\w+) \w+#\1\}/;

/** A module's facts: the type it is about, its root class, and by class name the fields, HCL entries and documented properties. */
export function read(text) {
  const classes = new Map();
  let root;
  for (const [, name, base, body] of text.matchAll(CLASS)) {
    if (base === "ComplexList") continue;
    const kind = { TerraformResource: "resource", TerraformDataSource: "data", TerraformProvider: "provider" }[base];
    const owner = name.replace(/OutputReference$/, "");
    classes.set(owner, { fields: fields(body), hcl: kind ? hcl(body) : new Map() });
    if (kind) root = { name: owner, kind, type: /tfResourceType = "(\w+)"/.exec(body)[1] };
  }
  const facts = { ...root, classes, properties: interfaces(text, root.name) };
  for (const [body, name] of text.matchAll(HCL_FUNCTION)) {
    const owner = name[0].toUpperCase() + name.slice(1);
    if (!classes.has(owner)) classes.set(owner, { fields: [], hcl: new Map() });
    classes.get(owner).hcl = hcl(body);
  }
  return facts;
}

function fields(body) {
  const announced = body.match(/^ {2}\/\/ \w+ - computed: /gm)?.length ?? 0;
  const found = [...body.matchAll(FIELD)].map(([, name, computed, optional, required, declared, returned]) => ({
    name,
    computed: computed === "true",
    optional: optional === "true",
    required: required === "true",
    declared: declared ?? "",
    returned,
  }));
  if (found.length !== announced) {
    throw new Error(`${announced} fields announced but ${found.length} understood`);
  }
  return found;
}

function hcl(body) {
  const entries = body.matchAll(HCL_ENTRY);
  return new Map([...entries].map(([, name, isBlock, type, storage]) => [name, { isBlock: isBlock === "true", type, storage }]));
}

function interfaces(text, rootName) {
  const byClass = new Map();
  for (const [, name, body] of text.matchAll(INTERFACE)) {
    byClass.set(name === `${rootName}Config` ? rootName : name, properties(body));
  }
  return byClass;
}

function properties(body) {
  const byName = new Map();
  for (const [, comment, optional, type] of body.matchAll(PROPERTY)) {
    const link = DOC_LINK.exec(comment);
    if (link) byName.set(link[1], { doc: comment, optional: optional === "?", type });
  }
  return byName;
}
