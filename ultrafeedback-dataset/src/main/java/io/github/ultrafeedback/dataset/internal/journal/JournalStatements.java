package io.github.ultrafeedback.dataset.internal.journal;

import io.github.ultrafeedback.dataset.internal.journal.JournalEntry.Answer;
import io.github.ultrafeedback.dataset.internal.journal.JournalEntry.BadRow;
import io.github.ultrafeedback.dataset.internal.journal.JournalEntry.Event;
import io.github.ultrafeedback.dataset.internal.journal.JournalEntry.Failure;
import io.github.ultrafeedback.dataset.internal.journal.JournalEntry.Intent;
import io.github.ultrafeedback.dataset.internal.journal.JournalEntry.Meta;
import io.github.ultrafeedback.dataset.internal.journal.JournalEntry.NewRow;
import io.github.ultrafeedback.dataset.internal.journal.JournalEntry.Retry;
import io.github.ultrafeedback.dataset.internal.journal.JournalEntry.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns entries into rows of the tables. Used by the writer's thread alone. */
final class JournalStatements {
    private static final String SET_STATE = "INSERT INTO call (row, model, sample, state, asked) VALUES (?,?,?,?,?)"
            + " ON CONFLICT (row, model, sample) DO UPDATE SET state = excluded.state, asked = asked + excluded.asked";

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    JournalStatements(Connection connection) {
        this.connection = connection;
    }

    void apply(JournalEntry entry) throws SQLException {
        if (entry instanceof State state) {
            setState(state.call(), state.state(), 0);
        } else if (entry instanceof Intent intent) {
            setState(intent.call(), CallState.INTENDED, 1);
        } else if (entry instanceof Answer answer) {
            apply(answer);
        } else if (entry instanceof NewRow row) {
            apply(row);
        } else if (entry instanceof Failure failure) {
            insert(failure);
            setState(failure.call(), CallState.FAILED, 0);
        } else if (entry instanceof BadRow row) {
            insert(new Failure(
                    new CallAddress(row.row(), "", 0), "BadRow", row.problem(), "NOT_SENT", false, row.at()));
        } else if (entry instanceof Retry retry) {
            execute("UPDATE failure SET retried = 1 WHERE number = ?", retry.failure());
            setState(retry.call(), CallState.PLANNED, 0);
        } else if (entry instanceof Event event) {
            execute("INSERT INTO event (at, kind, detail) VALUES (?,?,?)", event.at(), event.kind(), event.detail());
        } else if (entry instanceof Meta meta) {
            execute(
                    "INSERT INTO meta (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value ="
                            + " excluded.value",
                    meta.name(),
                    meta.value());
        }
    }

    private void apply(NewRow row) throws SQLException {
        execute(
                "INSERT INTO row (idx, id, hash, models, calls, problem) VALUES (?,?,?,?,?,?)",
                row.index(),
                row.id(),
                row.hash(),
                ModelNames.join(row.models()),
                row.calls(),
                row.problem());
        execute("INSERT INTO source (row, json) VALUES (?,?)", row.index(), row.json());
    }

    private void apply(Answer answer) throws SQLException {
        CallAddress call = answer.call();
        execute(
                "INSERT INTO answer (row, model, sample, principle, system, raw, crc) VALUES (?,?,?,?,?,?,?)",
                call.row(),
                call.model(),
                call.sample(),
                answer.principle(),
                answer.system(),
                answer.raw(),
                Checksums.crc(answer.principle(), answer.system(), answer.raw()));
        setState(call, CallState.DONE, 0);
    }

    private void insert(Failure failure) throws SQLException {
        CallAddress call = failure.call();
        execute(
                "INSERT INTO failure (row, model, sample, type, message, certainty, retryable, at)"
                        + " VALUES (?,?,?,?,?,?,?,?)",
                call.row(),
                call.model(),
                call.sample(),
                failure.type(),
                failure.message(),
                failure.certainty(),
                failure.retryable() ? 1 : 0,
                failure.at());
    }

    private void setState(CallAddress call, CallState state, int asked) throws SQLException {
        execute(SET_STATE, call.row(), call.model(), call.sample(), state.word(), asked);
    }

    void execute(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.execute();
    }
}
