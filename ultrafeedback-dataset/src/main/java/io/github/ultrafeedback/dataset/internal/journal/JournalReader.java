package io.github.ultrafeedback.dataset.internal.journal;

import io.github.ultrafeedback.dataset.error.JournalException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions to the journal. Answers come in pages, so that memory stays small. For one thread. */
public final class JournalReader {
    private final Path file;
    private final JournalQueries queries;

    JournalReader(Path file, Connection connection) {
        this.file = file;
        this.queries = new JournalQueries(file, connection);
    }

    /**
     * A fact about the job.
     *
     * @param name what it is
     * @return its value, or empty
     */
    public Optional<String> meta(String name) {
        return queries.list("SELECT value FROM meta WHERE name = ?", result -> result.getString(1), name).stream()
                .findFirst();
    }

    /**
     * Facts whose names begin alike.
     *
     * @param prefix the beginning
     * @return values by name, in order of the names
     */
    public Map<String, String> metas(String prefix) {
        Map<String, String> metas = new LinkedHashMap<>();
        queries.list(
                "SELECT name, value FROM meta WHERE substr(name, 1, ?) = ? ORDER BY name",
                result -> metas.put(result.getString(1), result.getString(2)),
                prefix.length(),
                prefix);
        return metas;
    }

    /**
     * Counts everything.
     *
     * @return the counts
     */
    public JournalCounts counts() {
        Map<CallState, Long> states = new EnumMap<>(CallState.class);
        queries.list(
                "SELECT state, count(*) FROM call GROUP BY state",
                result -> states.put(CallState.ofWord(result.getString(1)), result.getLong(2)));
        return queries.list(
                        "SELECT count(*), count(problem), coalesce(sum(calls), 0) FROM row",
                        result -> new JournalCounts(result.getLong(1), result.getLong(2), result.getLong(3), states))
                .get(0);
    }

    /**
     * Rows in order of the input.
     *
     * @param from first index
     * @param limit most rows
     * @return the rows
     */
    public List<StoredRow> rows(long from, int limit) {
        return queries.list(
                "SELECT idx, id, hash, models, problem FROM row WHERE idx >= ? ORDER BY idx LIMIT ?",
                JournalReader::row,
                from,
                limit);
    }

    /**
     * Rows that have a call left to make.
     *
     * @param from first index
     * @param limit most rows
     * @return the rows, in order of the input
     */
    public List<StoredRow> openRows(long from, int limit) {
        return queries.list(
                "SELECT idx, id, hash, models, problem FROM row r WHERE idx >= ? AND calls > (SELECT count(*) FROM call"
                        + " c WHERE c.row = r.idx AND c.state IN ('done', 'failed', 'held')) ORDER BY idx LIMIT ?",
                JournalReader::row,
                from,
                limit);
    }

    private static StoredRow row(ResultSet result) throws SQLException {
        return new StoredRow(
                result.getLong(1),
                result.getString(2),
                result.getString(3),
                ModelNames.split(result.getString(4)),
                result.getString(5));
    }

    /**
     * The row with an id.
     *
     * @param id the id
     * @return its index, or empty
     */
    public Optional<Long> indexOf(String id) {
        return queries.list("SELECT idx FROM row WHERE id = ?", result -> result.getLong(1), id).stream()
                .findFirst();
    }

    /**
     * The text of a row.
     *
     * @param row the row
     * @return one line of JSON
     * @throws JournalException if it is not as it was written
     */
    public String json(StoredRow row) {
        List<String> found =
                queries.list("SELECT json FROM source WHERE row = ?", result -> result.getString(1), row.index());
        if (found.size() != 1 || !Checksums.hash(found.get(0)).equals(row.hash())) {
            throw new JournalException(
                    "row " + row.id() + " is not as it was written: the journal " + file
                            + " is damaged; restore a copy of it",
                    null);
        }
        return found.get(0);
    }

    /**
     * The calls of some rows that the journal knows.
     *
     * @param from index of the first row
     * @param to index of the last row
     * @return how far each is, and how often it was asked
     */
    public Map<CallAddress, StoredCall> calls(long from, long to) {
        Map<CallAddress, StoredCall> calls = new LinkedHashMap<>();
        queries.list(
                "SELECT row, model, sample, state, asked FROM call WHERE row BETWEEN ? AND ?",
                result -> calls.put(
                        address(result, 1), new StoredCall(CallState.ofWord(result.getString(4)), result.getInt(5))),
                from,
                to);
        return calls;
    }

    /**
     * The calls in one state.
     *
     * @param state which
     * @return the calls, by row
     */
    public List<CallAddress> callsIn(CallState state) {
        return queries.list(
                "SELECT row, model, sample FROM call WHERE state = ? ORDER BY row, model, sample",
                result -> address(result, 1),
                state.word());
    }

    /**
     * The answers to some rows.
     *
     * @param from index of the first row
     * @param to index of the last row
     * @return the answers by call
     */
    public Map<CallAddress, StoredAnswer> answers(long from, long to) {
        Map<CallAddress, StoredAnswer> answers = new LinkedHashMap<>();
        queries.list(
                "SELECT row, model, sample, principle, system, raw, crc FROM answer WHERE row BETWEEN ? AND ?",
                result -> answers.put(address(result, 1), answer(result)),
                from,
                to);
        return answers;
    }

    /**
     * Some answers of a model, spread evenly by a hash of their number.
     *
     * @param model the model
     * @param seed picks them
     * @param limit most answers
     * @return the answers
     */
    public List<StoredAnswer> sample(String model, long seed, int limit) {
        return queries.list(
                "SELECT row, model, sample, principle, system, raw, crc FROM answer WHERE model = ?"
                        + " ORDER BY ((rowid * 2654435761 + ?) * 40503 >> 7) & 65535, rowid LIMIT ?",
                JournalReader::answer,
                model,
                seed & 0xffffff,
                limit);
    }

    private static StoredAnswer answer(ResultSet result) throws SQLException {
        String principle = result.getString(4);
        String system = result.getString(5);
        String raw = result.getString(6);
        return new StoredAnswer(
                address(result, 1), principle, system, raw, Checksums.crc(principle, system, raw) == result.getLong(7));
    }

    /**
     * Failures that were not asked again.
     *
     * @param after number of the last one seen, 0 for none
     * @param limit most failures
     * @return the failures, in the order in which they happened
     */
    public List<StoredFailure> failures(long after, int limit) {
        return queries.list(
                "SELECT f.row, f.model, f.sample, f.number, r.id, f.type, f.message, f.certainty, f.retryable, f.at"
                        + " FROM failure f JOIN row r ON r.idx = f.row WHERE f.retried = 0 AND f.number > ?"
                        + " ORDER BY f.number LIMIT ?",
                result -> new StoredFailure(
                        result.getLong(4),
                        result.getString(5),
                        new JournalEntry.Failure(
                                address(result, 1),
                                result.getString(6),
                                result.getString(7),
                                result.getString(8),
                                result.getInt(9) == 1,
                                result.getString(10))),
                after,
                limit);
    }

    private static CallAddress address(ResultSet result, int column) throws SQLException {
        return new CallAddress(result.getLong(column), result.getString(column + 1), result.getInt(column + 2));
    }

    void close() throws SQLException {
        queries.close();
    }
}
