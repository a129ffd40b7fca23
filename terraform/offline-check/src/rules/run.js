import { between, email, filled, labels, matching, seconds } from "./checks.js";
import { at, atMostOne, places } from "./paths.js";

const RESERVED = /^(PORT|K_SERVICE|K_REVISION|K_CONFIGURATION|CLOUD_RUN_\w+|X_GOOGLE_\w*)$/;
const LIMITS = {
  cpu: matching(/^([1-8]|0?\.\d+|[1-9]\d{1,3}m)$/, "a number of processors, 1 to 8, or thousandths of one with an m"),
  memory: matching(/^[1-9]\d*(Ki|Mi|Gi|k|M|G)$/, "a number with its unit, such as 512Mi"),
};

/** The arguments that a service has in `template` and a job in `template.template`. */
function task(prefix, longest) {
  return {
    [`${prefix}.containers.env.name`]: environmentName,
    [`${prefix}.containers.image`]: filled,
    [`${prefix}.containers.resources.limits`]: limits,
    [`${prefix}.service_account`]: email,
    [`${prefix}.timeout`]: seconds(1, longest),
  };
}

function environmentName(name) {
  if (RESERVED.test(name)) return "must not be a name that Cloud Run sets itself";
  return matching(/^[A-Za-z_][A-Za-z0-9_]*$/, "letters, digits and _")(name);
}

function limits(value) {
  const odd = Object.keys(value).find((key) => !["cpu", "memory", "nvidia.com/gpu"].includes(key));
  if (odd) return `must not limit ${odd}: only cpu, memory and nvidia.com/gpu`;
  const wrong = Object.entries(LIMITS).map(([key, check]) => (typeof value[key] === "string" ? [key, check(value[key])] : []));
  return wrong.filter(([, message]) => message).map(([key, message]) => `${message} (${key})`)[0];
}

// A volume's mount names a volume of the same template.
function mounts(prefix) {
  return (config) =>
    places(config, prefix).flatMap(({ path, value }) => {
      const volumes = at(value, ["volumes", "name"]).map((volume) => volume.value);
      const mounted = at(value, ["containers", "volume_mounts", "name"]);
      return mounted
        .filter((mount) => !volumes.includes(mount.value))
        .map((mount) => ({ path: [...path, ...mount.path], wrong: `is "${mount.value}": no volume has that name` }));
    });
}

function scaling(config) {
  return places(config, "template.scaling")
    .filter(({ value }) => value.min_instance_count > value.max_instance_count && value.max_instance_count !== null)
    .map(({ path }) => ({ path, wrong: "has a min_instance_count above its max_instance_count" }));
}

export const run = {
  google_cloud_run_v2_job: {
    arguments: {
      ...task("template.template", 604_800),
      labels,
      name: matching(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, "at most 63 lower-case letters, digits and -, a letter first"),
      "template.template.max_retries": between(0, 10),
    },
    whole: [atMostOne("template.template.containers.env", "value", "value_source"), mounts("template.template")],
  },
  google_cloud_run_v2_service: {
    arguments: {
      ...task("template", 3600),
      labels,
      name: matching(/^[a-z]([-a-z0-9]{0,47}[a-z0-9])?$/, "at most 49 lower-case letters, digits and -, a letter first"),
      "template.max_instance_request_concurrency": between(1, 1000),
      "traffic.percent": between(0, 100),
    },
    whole: [
      atMostOne("template.containers.env", "value", "value_source"),
      atMostOne("template.vpc_access", "connector", "network_interfaces"),
      mounts("template"),
      scaling,
    ],
  },
  google_vpc_access_connector: {
    arguments: {
      ip_cidr_range: matching(/\/28$/, "a range of /28"),
      name: matching(/^[a-z][-a-z0-9]{0,23}[a-z0-9]$/, "2 to 25 lower-case letters, digits and -, a letter first"),
    },
  },
};
