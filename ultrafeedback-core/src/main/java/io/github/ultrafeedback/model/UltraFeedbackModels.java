package io.github.ultrafeedback.model;

import static io.github.ultrafeedback.model.ModelSpec.Access.API;
import static io.github.ultrafeedback.model.ModelSpec.Access.LOCAL;
import static io.github.ultrafeedback.model.ModelSpec.Access.NONE;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The models of UltraFeedback. There are 17, under 18 ids: the scripts say wizardlm-30b, the data wizardlm-70b. */
public final class UltraFeedbackModels {
    /** In the order of the scripts' pool, wizardlm-70b beside the model it replaced. */
    private static final List<ModelSpec> ALL = List.of(
            new ModelSpec("gpt-4", "gpt-4", API, 8192, Family.CHAT_API),
            new ModelSpec("gpt-3.5-turbo", "gpt-3.5-turbo", API, 4096, Family.CHAT_API),
            new ModelSpec("bard", null, NONE, 0, Family.UNKNOWN),
            new ModelSpec("ultralm-65b", "openbmb/UltraLM-65b", LOCAL, 2048, Family.ULTRALM),
            new ModelSpec("wizardlm-30b", "WizardLM/WizardLM-30B-V1.0", LOCAL, 2048, Family.VICUNA),
            new ModelSpec("wizardlm-70b", "WizardLM/WizardLM-70B-V1.0", LOCAL, 4096, Family.VICUNA),
            new ModelSpec("vicuna-33b", "lmsys/vicuna-33b-v1.3", LOCAL, 2048, Family.VICUNA),
            new ModelSpec("llama-2-70b-chat", "meta-llama/Llama-2-70b-chat-hf", LOCAL, 4096, Family.LLAMA_2),
            new ModelSpec("ultralm-13b", "openbmb/UltraLM-13b-v2.0", LOCAL, 4096, Family.ULTRALM),
            new ModelSpec("wizardlm-13b", "WizardLM/WizardLM-13B-V1.2", LOCAL, 4096, Family.VICUNA),
            new ModelSpec("llama-2-13b-chat", "meta-llama/Llama-2-13b-chat-hf", LOCAL, 4096, Family.LLAMA_2),
            new ModelSpec("wizardlm-7b", "WizardLM/WizardLM-7B-V1.0", LOCAL, 2048, Family.WIZARDLM_7B),
            new ModelSpec("alpaca-7b", "tatsu-lab/alpaca-7b-wdiff", LOCAL, 2048, Family.ALPACA),
            new ModelSpec("llama-2-7b-chat", "meta-llama/Llama-2-7b-chat-hf", LOCAL, 4096, Family.LLAMA_2),
            new ModelSpec("falcon-40b-instruct", "tiiuae/falcon-40b-instruct", LOCAL, 2048, Family.FALCON),
            new ModelSpec("starchat", "HuggingFaceH4/starchat-beta", LOCAL, 8192, Family.STARCHAT),
            new ModelSpec("mpt-30b-chat", "mosaicml/mpt-30b-chat", LOCAL, 8192, Family.MPT),
            new ModelSpec("pythia-12b", "EleutherAI/pythia-12b", NONE, 2048, Family.PYTHIA));

    private static final Map<String, ModelSpec> BY_ID =
            ALL.stream().collect(Collectors.toUnmodifiableMap(ModelSpec::id, Function.identity()));

    private UltraFeedbackModels() {}

    /**
     * Every model, the two that cannot be run included.
     *
     * @return 18 models, each id once
     */
    public static List<ModelSpec> all() {
        return ALL;
    }

    /**
     * Looks a model up.
     *
     * @param id the name that UltraFeedback gives it
     * @return the model, or empty if it is none of UltraFeedback's
     */
    public static Optional<ModelSpec> find(String id) {
        return Optional.ofNullable(BY_ID.get(Objects.requireNonNull(id, "id must not be null")));
    }
}
