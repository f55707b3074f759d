package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Usage;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;

/** A whole answer. Takes the choices in order, further facts by name, and the headers, which hold rate limits. */
record Answer(List<Choice> choices, Usage usage, Map<String, String> provenance, HttpHeaders headers) {}
