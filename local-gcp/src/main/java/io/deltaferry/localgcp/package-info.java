/** Local Pub/Sub, Cloud Storage and BigQuery endpoints. */
@NullMarked
package io.deltaferry.localgcp;

import org.jspecify.annotations.NullMarked;
