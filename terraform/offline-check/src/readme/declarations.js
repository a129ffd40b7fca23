const BLOCK = /^(variable|output) "(\w+)" \{\n([\s\S]*?)^\}$/gm;
const ARGUMENT = /^ {2}(\w+) += ([\s\S]*?)(?=\s*\n {2}[a-z]|\s*$(?![\s\S]))/gm;

/** The variables or outputs that formatted Terraform code declares: {kind, name, description, type, default}, the last two as one line of code. */
export function declarations(text) {
  return [...text.matchAll(BLOCK)].map(([, kind, name, body]) => {
    const given = Object.fromEntries([...body.matchAll(ARGUMENT)].map(([, argument, value]) => [argument, line(value)]));
    if (!given.description) throw new Error(`${kind} ${name} has no description`);
    return { kind, name, description: spoken(given.description), type: given.type, default: given.default };
  });
}

/** An expression of several lines as one. */
function line(expression) {
  return expression
    .trim()
    .split(/\n\s*/)
    .map((part) => part.replace(/ +=/, " ="))
    .join(", ")
    .replace(/([({[]), /g, "$1 ")
    .replace(/,? *, ([)}\]])/g, " $1");
}

function spoken(literal) {
  return JSON.parse(literal).replaceAll("$${", "${");
}
