/** The small HTTP layer the JSON endpoints share: routes, Google's error body, gzip. */
@NullMarked
package io.deltaferry.localgcp.http;

import org.jspecify.annotations.NullMarked;
