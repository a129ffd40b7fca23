/** A local Cloud Storage: the JSON API on a directory. */
@NullMarked
package io.deltaferry.localgcp.storage;

import org.jspecify.annotations.NullMarked;
