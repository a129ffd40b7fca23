import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { declarations } from "./declarations.js";

const TREE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
const README = path.join(TREE, "README.md");

/** The text of a README with the tables of inputs and outputs that the given code declares. */
export function withTables(readme, variables, outputs) {
  const inputs = table(["input", "type", "default", "meaning"], declarations(variables).map(input));
  const results = table(["output", "meaning"], declarations(outputs).map(({ name, description }) => [code(name), description]));
  return between(between(readme, "inputs", inputs), "outputs", results);
}

/** The README as it is, and as it should be. */
export function readme() {
  const read = (name) => fs.readFileSync(path.join(TREE, name), "utf8");
  const is = read("README.md");
  return { is, shouldBe: withTables(is, read("variables.tf"), read("outputs.tf")) };
}

function input({ name, type, default: value, description }) {
  return [code(name), code(type), value === undefined ? "required" : code(value), description];
}

function code(text) {
  return `\`${text}\``;
}

function table(head, rows) {
  const all = [head, head.map(() => "---"), ...rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")))];
  return all.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function between(text, name, content) {
  const place = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- /${name} -->)`);
  if (!place.test(text)) throw new Error(`README.md has no place for ${name}`);
  return text.replace(place, (_, start, end) => start + content + end);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) fs.writeFileSync(README, readme().shouldBe);
