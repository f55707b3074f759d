package io.github.ultrafeedback.openai;

import java.util.Objects;

/**
 * A deployment of Azure OpenAI. The base URL is that of the resource, such as
 * {@code https://my-resource.openai.azure.com}; the key goes into the header {@code api-key}.
 *
 * @param name the name of the deployment, which stands in the path
 * @param apiVersion the version of the API, such as {@code 2024-10-21}
 */
public record AzureDeployment(String name, String apiVersion) {
    /**
     * Checks the parts.
     *
     * @throws NullPointerException if one is null
     * @throws IllegalArgumentException if one is blank
     */
    public AzureDeployment {
        Objects.requireNonNull(name, "name must not be null");
        Objects.requireNonNull(apiVersion, "apiVersion must not be null");
        if (name.isBlank() || apiVersion.isBlank()) {
            throw new IllegalArgumentException("name and apiVersion of an Azure deployment must not be blank, got '"
                    + name + "' and '" + apiVersion + "'; the portal of Azure shows both");
        }
    }
}
