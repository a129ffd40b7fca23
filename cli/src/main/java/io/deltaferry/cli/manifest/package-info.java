/** Turns manifests of GitLab's postgres_pipeline into table files. */
@NullMarked
package io.deltaferry.cli.manifest;

import org.jspecify.annotations.NullMarked;
