/** The services as processes of their own: started, watched, started again, stopped. */
@NullMarked
package io.deltaferry.cli.process;

import org.jspecify.annotations.NullMarked;
