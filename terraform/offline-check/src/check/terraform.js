import { spawn } from "node:child_process";

// Only for what never ends: the root's tests take half a minute, and minutes on a busy machine.
const LIMIT_MS = 600_000;

/** Runs Terraform in a directory against the given provider; gives {ok, output} and never throws for what Terraform finds wrong. */
export function terraform(args, directory, reattach) {
  return new Promise((resolve, reject) => {
    const child = spawn("terraform", args, { cwd: directory, env: environment(reattach), timeout: LIMIT_MS, killSignal: "SIGKILL" });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      const ended = signal ? `\nterraform ${args[0]} was ended by ${signal} (limit ${LIMIT_MS / 1000} s)\n` : "";
      resolve({ ok: code === 0, output: output + ended });
    });
  });
}

// Nothing of the caller's own Terraform settings may decide whether the configuration is right.
function environment(reattach) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|GOOGLE_|CLOUDSDK_)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    CHECKPOINT_DISABLE: "1",
    TF_CLI_CONFIG_FILE: "/dev/null",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    TF_REATTACH_PROVIDERS: reattach,
  };
}
