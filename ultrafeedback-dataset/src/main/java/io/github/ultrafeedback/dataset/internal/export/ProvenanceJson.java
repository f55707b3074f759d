package io.github.ultrafeedback.dataset.internal.export;

import io.github.ultrafeedback.dataset.internal.journal.CallAddress;
import io.github.ultrafeedback.dataset.internal.json.JsonText;
import io.github.ultrafeedback.dataset.internal.json.KeptAnswer;
import java.util.Locale;
import java.util.Objects;

/** Where a completion comes from, in one line: what a record in the original's shape has no room for. */
final class ProvenanceJson {
    private static final String VERSION =
            Objects.requireNonNullElse(ProvenanceJson.class.getPackage().getImplementationVersion(), "development");

    private ProvenanceJson() {}

    static String line(String rowId, CallAddress call, KeptAnswer answer, int asked) {
        JsonText out = new JsonText(JsonText.Style.LINE).open('{');
        out.name("row").number(call.row()).name("id").string(rowId);
        out.name("model").string(call.model()).name("sample").number(call.sample());
        out.name("opened_as").string(answer.model());
        out.name("seed");
        answer.seed().ifPresentOrElse(out::number, () -> out.literal("null"));
        out.name("params").literal(answer.params());
        out.name("finish_reason").string(answer.finishReason().toLowerCase(Locale.ROOT));
        out.name("prompt_tokens").number(answer.promptTokens());
        out.name("completion_tokens").number(answer.completionTokens());
        out.name("attempts").number(answer.attempts()).name("asked").number(asked);
        out.name("backend").open('{');
        answer.provenance().forEach((name, value) -> out.name(name).string(value));
        return out.close('}').name("version").string(VERSION).close('}').toString();
    }
}
