package io.deltaferry.message;

/** What an HTTP request to a service turned out to carry. */
public sealed interface IncomingEvent permits PubSubMessage, ObjectFinalized {}
