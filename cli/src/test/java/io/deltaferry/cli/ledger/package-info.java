/** What the views over the ledger say. */
@NullMarked
package io.deltaferry.cli.ledger;

import org.jspecify.annotations.NullMarked;
