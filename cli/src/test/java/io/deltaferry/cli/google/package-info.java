/** What the adapters and the generated scripts do, at endpoints of this machine. */
@NullMarked
package io.deltaferry.cli.google;

import org.jspecify.annotations.NullMarked;
