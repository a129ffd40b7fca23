/**
 * What a run leaves behind: receipts, the manifest, its end; and the ports its stages work through.
 */
@NullMarked
package io.deltaferry.run;

import org.jspecify.annotations.NullMarked;
