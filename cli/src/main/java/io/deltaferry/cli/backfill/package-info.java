/** What a backfill would read. */
@NullMarked
package io.deltaferry.cli.backfill;

import org.jspecify.annotations.NullMarked;
