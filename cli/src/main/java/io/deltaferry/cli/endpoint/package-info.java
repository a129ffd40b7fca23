/** Where the Google APIs are: a running local stack, an emulator, or Google Cloud. */
@NullMarked
package io.deltaferry.cli.endpoint;

import org.jspecify.annotations.NullMarked;
