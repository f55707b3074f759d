package io.github.ultrafeedback.template.internal;

import java.util.Iterator;

/** A Python generator or iterator: read once, no length, no index. */
record Iter(Iterator<Object> iterator) {}
