/** What a deployment runs, run here: the container images and the function archives. */
@NullMarked
package io.deltaferry.cli.image;

import org.jspecify.annotations.NullMarked;
