// The bindings do not say what is sensitive. These are the provider's secrets among the services that a deployment may touch, so that an output
// which shows one is refused here as it is with the real provider. Arguments whose name ends in `_wo` are write-only by its convention.
export const SENSITIVE = {
  google_alloydb_cluster: ["initial_user.password"],
  google_alloydb_user: ["password"],
  google_bigquery_connection: ["cloud_sql.credential.password"],
  google_bigquery_data_transfer_config: ["sensitive_params.secret_access_key"],
  google_compute_router_peer: ["md5_authentication_key.key"],
  google_compute_vpn_tunnel: ["shared_secret"],
  google_datastream_connection_profile: [
    "forward_ssh_connectivity.password",
    "forward_ssh_connectivity.private_key",
    "mysql_profile.password",
    "mysql_profile.ssl_config.ca_certificate",
    "mysql_profile.ssl_config.client_certificate",
    "mysql_profile.ssl_config.client_key",
    "oracle_profile.password",
    "postgresql_profile.password",
    "sql_server_profile.password",
  ],
  google_iam_oauth_client_credential: ["client_secret"],
  google_iam_workforce_pool_provider: ["oidc.client_secret.value.plain_text"],
  google_kms_secret_ciphertext: ["additional_authenticated_data", "plaintext"],
  google_monitoring_notification_channel: ["sensitive_labels.auth_token", "sensitive_labels.password", "sensitive_labels.service_key"],
  google_monitoring_uptime_check_config: ["http_check.auth_info.password"],
  google_secret_manager_regional_secret_version: ["secret_data"],
  google_secret_manager_secret_version: ["secret_data"],
  google_service_account_key: ["private_key"],
  google_sql_database_instance: ["replica_configuration.password", "root_password", "server_ca_cert"],
  google_sql_source_representation_instance: ["password"],
  google_sql_ssl_cert: ["cert", "private_key", "server_ca_cert"],
  google_sql_user: ["password"],
  google_storage_bucket_object: ["content", "customer_encryption.encryption_key"],
  google_storage_hmac_key: ["secret"],
  "data.google_kms_secret": ["plaintext"],
  "data.google_kms_secret_ciphertext": ["plaintext"],
  "data.google_secret_manager_regional_secret_version": ["secret_data"],
  "data.google_secret_manager_regional_secret_version_access": ["secret_data"],
  "data.google_secret_manager_secret_version": ["secret_data"],
  "data.google_secret_manager_secret_version_access": ["secret_data"],
  "data.google_service_account_access_token": ["access_token"],
  "data.google_service_account_id_token": ["id_token"],
  "data.google_service_account_jwt": ["jwt"],
  "data.google_storage_object_signed_url": ["credentials"],
};

/** Whether an argument is a secret; a data source's type comes with `data.` before it. */
export function isSensitive(type, path) {
  return SENSITIVE[type]?.includes(path) ?? false;
}

export function isWriteOnly(name) {
  return name.endsWith("_wo");
}
