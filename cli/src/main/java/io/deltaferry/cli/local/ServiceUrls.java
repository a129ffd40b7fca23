package io.deltaferry.cli.local;

/** Where the three services answer, without a trailing slash. */
public record ServiceUrls(String extractor, String loader, String merger) {}
