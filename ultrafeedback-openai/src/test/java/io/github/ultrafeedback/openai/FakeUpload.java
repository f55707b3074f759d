package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.testkit.ServerRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file of a batch as it is handed in, which is a form of several parts. */
final class FakeUpload {
    private FakeUpload() {}

    /** Returns the line that parts the form, or null where the request holds no form. */
    static @Nullable String boundary(ServerRequest request) {
        String type = Objects.requireNonNull(request.header("content-type"));
        String mark = "multipart/form-data; boundary=";
        return type.startsWith(mark) ? "--" + type.substring(mark.length()) : null;
    }

    /** Returns the text of the file, or null where it is not there, is for another purpose or the form is cut. */
    static @Nullable String file(ServerRequest request, String boundary) {
        String text = request.text();
        String file = null;
        boolean purpose = false;
        for (String part : text.split(boundary + "(--)?\r\n", -1)) {
            int head = part.indexOf("\r\n\r\n");
            String content = head < 0 ? "" : part.substring(head + 4, part.length() - 2);
            purpose |= part.contains("name=\"purpose\"") && content.equals("batch");
            file = part.contains("name=\"file\"") ? content : file;
        }
        return purpose && text.endsWith(boundary + "--\r\n") ? file : null;
    }
}
