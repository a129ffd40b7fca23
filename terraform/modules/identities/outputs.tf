output "caller" {
  description = "Key of the account that calls the services."
  value       = local.caller
}

output "emails" {
  description = "The accounts' addresses, once their project-wide roles are granted."
  value       = { for key, account in google_service_account.this : key => account.email }

  depends_on = [
    google_project_iam_member.this,
    google_secret_manager_secret_iam_member.this,
    google_service_account_iam_member.signer,
  ]
}

output "members" {
  description = "The accounts as IAM members."
  value       = { for key, account in google_service_account.this : key => account.member }
}

output "project_roles" {
  description = "What each account may do in a whole project."
  value       = { for key in local.accounts : key => sort([for grant in local.grants : "roles/${grant.role}" if grant.account == key]) }
}
