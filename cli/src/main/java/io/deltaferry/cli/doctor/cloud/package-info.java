/** The checks of what Terraform makes: bucket, topics, subscriptions, datasets, services. */
@NullMarked
package io.deltaferry.cli.doctor.cloud;

import org.jspecify.annotations.NullMarked;
