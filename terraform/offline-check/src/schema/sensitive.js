// The bindings do not say what is sensitive. These are the secrets among the types a deployment may use, so that an output or a local which
// shows one is refused here as it is with the real provider. Arguments whose name ends in `_wo` are write-only by the provider's convention.
export const SENSITIVE = {
  google_alloydb_user: ["password"],
  google_bigquery_connection: ["cloud_sql.credential.password"],
  google_monitoring_notification_channel: [
    "sensitive_labels.auth_token",
    "sensitive_labels.password",
    "sensitive_labels.service_key",
  ],
  google_secret_manager_secret_version: ["secret_data"],
  google_service_account_access_token: ["access_token"],
  google_service_account_id_token: ["id_token"],
  google_service_account_key: ["private_key"],
  google_sql_database_instance: ["root_password", "server_ca_cert"],
  google_sql_user: ["password"],
  google_storage_hmac_key: ["secret"],
};

export function isSensitive(type, path) {
  return SENSITIVE[type]?.includes(path) ?? false;
}

export function isWriteOnly(name) {
  return name.endsWith("_wo");
}
