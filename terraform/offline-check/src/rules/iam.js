import { all, each, filled, matching, oneOf } from "./checks.js";
import { exactlyOne } from "./paths.js";

const MEMBER =
  /^(allUsers|allAuthenticatedUsers|(serviceAccount|user|group):[^@\s:]+@[^@\s:]+\.[^@\s:]+|domain:[^@\s]+\.[^@\s]+|(principal|principalSet):\/\/\S+|project(Owner|Editor|Viewer):\S+|deleted:\S+)$/;
const member = matching(MEMBER, 'a principal, such as "serviceAccount:NAME@PROJECT.iam.gserviceaccount.com"');
const role = matching(/^(roles|(projects|organizations)\/[^/]+\/roles)\/[A-Za-z0-9_.]+$/, "roles/NAME or the `id` of a custom role");

const grant = { "condition.expression": filled, "condition.title": filled, role };

/** Every kind of grant has the same arguments, on whatever resource it is. */
export function grants(type) {
  if (type.endsWith("_iam_member")) return { arguments: { ...grant, member } };
  if (type.endsWith("_iam_binding")) return { arguments: { ...grant, members: each(member) } };
  return undefined;
}

export const iam = {
  google_project_iam_custom_role: {
    arguments: {
      permissions: each(matching(/^[a-z][A-Za-z0-9-]*(\.[A-Za-z0-9]+){2,}$/, "permissions, each SERVICE.RESOURCE.VERB")),
      role_id: matching(/^[A-Za-z0-9_.]{3,64}$/, "3 to 64 letters, digits, _ and ."),
      stage: oneOf("ALPHA", "BETA", "GA", "DEPRECATED", "DISABLED", "EAP"),
      title: filled,
    },
  },
  google_project_service: {
    arguments: { service: matching(/^[a-z0-9.-]+\.googleapis\.com$/, "an API's name, NAME.googleapis.com") },
    whole: [explicit],
  },
  google_secret_manager_secret: {
    arguments: { secret_id: matching(/^[A-Za-z0-9_-]{1,255}$/, "1 to 255 letters, digits, _ and -") },
    whole: [exactlyOne("replication", "auto", "user_managed")],
  },
  google_service_account: {
    arguments: {
      account_id: all(
        matching(/^.{6,30}$/, "6 to 30 characters"),
        matching(/^[a-z]([-a-z0-9]*[a-z0-9])$/, "lower-case letters, digits and -, a letter first and no - last"),
      ),
      description: (text) => (Buffer.byteLength(text) <= 256 ? undefined : "must be at most 256 bytes"),
      display_name: (text) => (text.length <= 100 ? undefined : "must be at most 100 characters"),
    },
  },
};

// Version 7 of the provider turned the default around; the modules are written for 6 and 7.
function explicit({ disable_on_destroy: argument }) {
  return argument === null ? [{ path: ["disable_on_destroy"], wrong: "must be set: its default differs between versions 6 and 7" }] : [];
}
