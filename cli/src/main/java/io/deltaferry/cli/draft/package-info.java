/** Table files that a command writes for a person to look through. */
@NullMarked
package io.deltaferry.cli.draft;

import org.jspecify.annotations.NullMarked;
