# The way of a deployment, a target for each step. docs/images.md and terraform/README.md say what each needs.

# Such as europe-west1-docker.pkg.dev/my-project/deltaferry, to push to.
REPOSITORY ?=
# The Terraform configuration of the deployment.
DEPLOYMENT ?= terraform/examples/minimal
# A table to ask for, the project, and the table file's topic_prefix.
TABLE ?=
PROJECT ?=
PREFIX ?=

MAVEN ?= mvn -B -q
TERRAFORM ?= terraform -chdir=$(DEPLOYMENT)
SERVICES := extractor loader merger
IMAGES := $(DEPLOYMENT)/images.auto.tfvars.json

.PHONY: help verify archives images push plan apply sync
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 16

verify: ## every test
	mvn -B verify

archives: ## function archives, SERVICE-service/target/SERVICE-function.zip
	$(MAVEN) -DskipTests package
	@ls -l $(SERVICES:%=%-service/target/%-function.zip)

images: ## container images as files, SERVICE-service/target/jib-image.tar; with archives of their classes
	$(MAVEN) -Pimage -DskipTests package
	$(MAVEN) -Pclass-archive -DskipTests -Djib.skip verify
	$(MAVEN) -Pimage,with-class-archive -DskipTests package

push: images ## REPOSITORY=..: images into a registry, and their digests into DEPLOYMENT
	@test -n "$(REPOSITORY)" || { echo "push where to? make push REPOSITORY=europe-west1-docker.pkg.dev/my-project/deltaferry" >&2; exit 2; }
	$(MAVEN) -Pimage,with-class-archive -DskipTests -Dimage.repository=$(REPOSITORY) package jib:build
	@{ printf '{ "images": {'; \
	  comma=; \
	  for service in $(SERVICES); do \
	    printf '%s\n  "%s": "%s/deltaferry-%s@%s"' "$$comma" $$service $(REPOSITORY) $$service "$$(cat $$service-service/target/jib-image.digest)"; \
	    comma=,; \
	  done; \
	  printf '\n} }\n'; } > $(IMAGES)
	@cat $(IMAGES)

plan: ## what Terraform would do in DEPLOYMENT
	$(TERRAFORM) init -input=false
	$(TERRAFORM) plan -input=false -out=plan

apply: ## do what was planned
	$(TERRAFORM) apply -input=false plan

sync: ## PROJECT=.. TABLE=.. [PREFIX=..]: ask for a table, as the schedule does
	@test -n "$(PROJECT)" -a -n "$(TABLE)" || { echo "which table? make sync PROJECT=my-project TABLE=orders" >&2; exit 2; }
	gcloud pubsub topics publish $(PREFIX)extract-requests --project=$(PROJECT) --message='{"table":"$(TABLE)"}'
