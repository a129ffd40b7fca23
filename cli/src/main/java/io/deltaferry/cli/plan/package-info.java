/** Shows what runs would do. */
@NullMarked
package io.deltaferry.cli.plan;

import org.jspecify.annotations.NullMarked;
