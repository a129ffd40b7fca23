/** The local stack: Google's APIs, the topology as Terraform makes it, and the three services. */
@NullMarked
package io.deltaferry.cli.local;

import org.jspecify.annotations.NullMarked;
