import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import grpc from "@grpc/grpc-js";
import protoLoader from "@grpc/proto-loader";
import { schemas } from "../schema/schemas.js";
import { provider } from "./provider.js";

const ADDRESS = "registry.terraform.io/hashicorp/google";
const PROTO = path.join(path.dirname(fileURLToPath(import.meta.url)), "tfplugin6.proto");
const SERVICE = "tfplugin6.Provider";

/** Starts the provider on a socket of its own; `reattach` is the value of TF_REATTACH_PROVIDERS, `stop` ends it and removes the socket. */
export async function serve() {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "offline-check-provider-"));
  const socket = path.join(directory, "socket");
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(definition(), unary(provider(schemas())));
  await new Promise((resolve, reject) => {
    server.bindAsync(`unix:${socket}`, grpc.ServerCredentials.createInsecure(), (error) => (error ? reject(error) : resolve()));
  });
  return {
    reattach: JSON.stringify({ [ADDRESS]: address(socket) }),
    stop: () => {
      server.forceShutdown();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}

// `Test` tells Terraform that the provider is not its own to stop, so that one serves many commands.
function address(socket) {
  return { Protocol: "grpc", ProtocolVersion: 6, Pid: process.pid, Test: true, Addr: { Network: "unix", String: socket } };
}

// The schema of everything is 3 MB, asked for by every command: it is written once.
function definition() {
  const loaded = protoLoader.loadSync(PROTO, { keepCase: true, longs: Number, enums: String, oneofs: true })[SERVICE];
  const { responseSerialize } = loaded.GetProviderSchema;
  let written;
  loaded.GetProviderSchema.responseSerialize = (response) => (written ??= responseSerialize(response()));
  return loaded;
}

function unary(handlers) {
  const answer = (handler) => (call, callback) => {
    try {
      callback(null, handler(call.request));
    } catch (error) {
      callback({ code: grpc.status.INTERNAL, details: `offline provider: ${error.stack}` });
    }
  };
  const { GetProviderSchema, ...others } = handlers;
  const answers = Object.fromEntries(Object.entries(others).map(([name, handler]) => [name, answer(handler)]));
  return { ...answers, GetProviderSchema: (call, callback) => callback(null, GetProviderSchema) };
}
