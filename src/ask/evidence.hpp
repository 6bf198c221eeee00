#pragma once

#include <cstdint>
#include <string>

#include "fleetmeter/evidence.hpp"
#include "fleetmeter/question.hpp"
#include "store/reader.hpp"

namespace fleetmeter::ask {

/// Why the numbers are what they are: the answers that show evidence.
[[nodiscard]] std::vector<EvidencePiece> explain(const std::string& process_id,
                                                 const Question& question, store::Reader& reader);
[[nodiscard]] std::vector<Anomaly> anomalies(const Question& question, store::Reader& reader);
/// Polls, gaps and holes per app and region, and the gaps and holes themselves, from one reading.
[[nodiscard]] Coverage cover(const Question& question, std::int64_t gap_ms, store::Reader& reader);
[[nodiscard]] Coverage coverage(const Question& question, std::int64_t gap_ms,
                                store::Reader& reader);
/// How wide the bounds of billable time would have been, had the archive been polled otherwise.
/// Reads every observation.
[[nodiscard]] std::vector<PollingAdvice> advise(const Question& question, store::Reader& reader);
/// The sum of the gaps of every app and region, in milliseconds.
[[nodiscard]] std::int64_t length_of_gaps(const Coverage& coverage);
/// Throws Error(usage) when a window begins at the as-of or later: nothing can be known of it yet.
void expect_begun(const std::string& command, std::int64_t from_ms, const Question& question,
                  const store::StoreSpan& span);
/// The parts of a question's window, up to its as-of, in which nobody polled at all, whatever ran.
/// They are the spans between any two snapshots of the store that are longer than three times the
/// usual distance, and what lies before the first snapshot or after the last. They are not gaps.
[[nodiscard]] std::vector<meter::Window> unpolled(const Question& question, store::Reader& reader);
/// The parts of a question's window, up to its as-of, in which processes may have lived that nobody
/// saw: those without any poll, and of the places that pass the question's filters the gaps, the
/// holes, and, where lists speak for a place, what lies far from any of its polls. They are in
/// order and do not touch.
[[nodiscard]] std::vector<meter::Window> unseen(const Question& question, store::Reader& reader);

/// Likewise, with the part of the window that nothing is known of yet: what comes after the as-of,
/// unless no process that was missed could have started since.
[[nodiscard]] std::vector<meter::Window> unseen_or_to_come(const Question& question,
                                                           store::Reader& reader);
/// A sentence on how well snapshots cover a question's window. It names the window, the number of
/// snapshots, how many of them were cut, the gaps and holes that `coverage` lists, and the time far
/// from any snapshot.
[[nodiscard]] std::string coverage_summary(const Question& question, store::Reader& reader);
/// What is in a store, as far as it counts for the reader; its gaps only if they are asked for.
[[nodiscard]] StoreStatus status(const std::string& store_path, store::Reader& reader,
                                 bool counts_gaps);
[[nodiscard]] std::vector<TreeSize> sizes(SQLite::Database& db);

}  // namespace fleetmeter::ask
