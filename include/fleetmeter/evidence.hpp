#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/bounded.hpp"
#include "fleetmeter/columns.hpp"
#include "fleetmeter/decimal.hpp"
#include "fleetmeter/int128.hpp"
#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

// The answers that show evidence: why numbers are what they are, and how well the store knows.

/// What may be odd about a process. docs/semantics.md says what each flag means and changes.
enum class Flag {
  ahead_of_snapshot,
  clamped32,
  counter_break,
  flickered,
  gone,
  identity_change,
  inverted,
  long_life,
  never_started,
  no_stop_order,
  open,
  orphan,
  restated,
  running,
  stale_read,
  starting,
  unknown_start,
  unmetered,
  wrap32,
};

/// The name of a flag in answers: the name that it has here.
[[nodiscard]] const char* flag_name(Flag flag);

/// The flag called `name`. When there is none, throws Error(usage) that names `option` and the
/// flags whose names are nearest.
[[nodiscard]] Flag parse_flag(const std::string& option, const std::string& name);

/// Where something was read: the document in an archive.
struct Provenance {
  std::int64_t snapshot_seq = 0;  ///< when it became known, counted from 1
  std::string source;             ///< the file, as it was named to ingest
  std::int64_t byte_offset = 0;   ///< where the document begins in it, unpacked
  std::int64_t byte_length = 0;
  std::string sha256;  ///< of the document, hexadecimal
};

/// A document that was read again where it stands in an archive.
struct VerifiedDocument {
  enum class Result {
    holds,         ///< its bytes have the digest, and say what the store has of the processes
    changed,       ///< its bytes have another digest
    missing,       ///< there is no such file, or no document at that place in it
    contradicted,  ///< its bytes have the digest, and say something else than the store has
  };

  Provenance from;
  std::string file;  ///< that was read; "" when the archive has none of this name
  Result result = Result::missing;
  std::string note;  ///< what is wrong, in words; "" when nothing is

  static const std::vector<Column<VerifiedDocument>>& columns();
};

/// `holds`, `changed`, `missing` or `contradicted`.
[[nodiscard]] const char* result_name(VerifiedDocument::Result result);

/// A flag that was raised on a process, with the observation that shows it.
struct Anomaly {
  std::string process_id;
  Flag flag = Flag::open;
  std::string app_id;  ///< "" when nobody said it, as the two below
  std::string deployment_id;
  std::string region;
  std::int64_t observed_at_ms = 0;
  std::string evidence;  ///< a sentence
  Provenance from;

  static const std::vector<Column<Anomaly>>& columns();
};

/// What one process adds to the billable time of a row of an answer.
struct BillingShare {
  std::string process_id;
  std::string app_id;  ///< "" when nobody said it, as the two below
  std::string deployment_id;
  std::string region;
  std::string rule;  ///< `complete`, or the flag of the rule that decided its end
  std::optional<std::int64_t> from_ms;  ///< of its time in the window; absent: there is surely none
  std::optional<std::int64_t> to_ms;
  Bounded<Int128> billable_ms;

  static const std::vector<Column<BillingShare>>& columns();
};

/// What one process adds to the egress of a row of an answer.
struct EgressShare {
  std::string process_id;
  std::string app_id;
  std::string deployment_id;
  std::string region;
  std::int64_t first_seen_ms = 0;
  std::int64_t last_seen_ms = 0;
  Bounded<Int128> egress_bytes;
  bool is_open = false;       ///< it may have sent more than anybody read
  bool is_unmetered = false;  ///< it never said a counter, and adds nothing

  static const std::vector<Column<EgressShare>>& columns();
};

/// One piece of the evidence behind the numbers of one process.
struct EvidencePiece {
  enum class Section {
    process,
    window,
    timestamp,
    billable,
    flag,
    egress,
    anchor,
    segment,
    snapshot
  };

  Section section = Section::process;
  std::string name;
  std::optional<std::int64_t> at_ms;
  std::optional<std::int64_t> to_ms;
  std::optional<std::int64_t> value;  ///< milliseconds under billable, bytes elsewhere
  std::optional<std::int64_t> value_lo;
  std::optional<std::int64_t> value_hi;
  std::optional<std::string> note;
  std::optional<Provenance> from;

  static const std::vector<Column<EvidencePiece>>& columns();
};

/// A section as it is written in answers.
[[nodiscard]] const char* section_name(EvidencePiece::Section section);

/// How an app was polled in a region, in a window.
struct PlaceCoverage {
  std::string app_id;  ///< "" when nobody said it, as the next
  std::string region;
  std::int64_t polls = 0;  ///< instants at which a process was seen there, or a list speaks for it
  std::int64_t capped_polls = 0;
  std::optional<std::int64_t> first_poll_at_ms;  ///< absent when no poll lies in the window
  std::optional<std::int64_t> last_poll_at_ms;
  std::int64_t usual_interval_ms = 0;
  std::int64_t gaps = 0;
  std::int64_t longest_gap_ms = 0;
  std::int64_t uncovered_ms = 0;  ///< the sum of the gaps
  std::int64_t unpolled_ms = 0;   ///< far from any of its polls, whatever ran
  std::int64_t lists = 0;         ///< running lists that speak for it
  std::int64_t holes = 0;
  std::int64_t longest_hole_ms = 0;
  std::int64_t hole_ms = 0;  ///< the sum of the holes
  std::int64_t seen_ms = 0;  ///< of the window: every process would have been seen
  Decimal seen_share;        ///< the same in percent, rounded down

  static const std::vector<Column<PlaceCoverage>>& columns();
};

/// A span between two polls of one app and region in which processes may have lived that nobody
/// saw.
struct CoverageGap {
  enum class Kind {
    gap,   ///< between two polls, too long, while a process was alive
    hole,  ///< between two running lists, of which the later was cut and shows none so old
  };

  std::string app_id;
  std::string region;
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
  Kind kind = Kind::gap;

  [[nodiscard]] std::int64_t length_ms() const { return to_ms - from_ms; }
  static const std::vector<Column<CoverageGap>>& columns();
};

/// `gap` or `hole`.
[[nodiscard]] const char* kind_name(CoverageGap::Kind kind);

/// Polls, gaps and holes per app and region, and the gaps and holes themselves, from one reading.
struct Coverage {
  std::vector<PlaceCoverage> places;
  std::vector<CoverageGap> gaps;
  std::vector<CoverageGap> holes;

  /// The gaps and the holes, by app and region, then by time.
  [[nodiscard]] std::vector<CoverageGap> missing() const;
};

/// How wide the bounds of billable time would have been, had the same fleet been polled in a
/// certain way.
struct PollingAdvice {
  enum class Basis {
    measured,  ///< on the archive itself, without the observations that it would not have had
    computed,  ///< from the archive as it is, by arithmetic: docs/semantics.md says which
  };

  std::string advice;  ///< the way of polling, such as `half as often`
  Basis basis = Basis::measured;
  std::int64_t interval_ms = 0;  ///< the usual distance between polls
  Bounded<Int128> billable_ms;
  std::optional<Decimal> width_share;  ///< hi - lo in percent of the point, rounded up
  std::int64_t polls_per_day = 0;      ///< documents to be asked for in a day, rounded up
  std::int64_t processes_missed = 0;   ///< that the archive saw and nobody would have seen

  static const std::vector<Column<PollingAdvice>>& columns();
};

/// `measured` or `computed`.
[[nodiscard]] const char* basis_name(PollingAdvice::Basis basis);

/// What is in a store.
struct StoreStatus {
  std::string store;  ///< its path
  std::int64_t schema_version = 0;
  std::int64_t store_bytes = 0;                      ///< with its log
  std::optional<std::int64_t> first_observed_at_ms;  ///< absent in an empty store
  std::optional<std::int64_t> last_observed_at_ms;
  std::int64_t sources = 0;
  std::int64_t snapshots = 0;
  std::int64_t capped_snapshots = 0;
  std::int64_t processes = 0;  ///< observed at least once
  std::int64_t rooms = 0;
  std::int64_t ports = 0;
  std::int64_t observations = 0;
  std::int64_t duplicates = 0;           ///< records that said again what was known
  std::int64_t restated = 0;             ///< records that said something else of a known instant
  std::int64_t rejects = 0;              ///< but for those made good
  std::int64_t set_aside = 0;            ///< vendor objects that are not processes, kept whole
  std::int64_t made_good = 0;            ///< rejects whose place held a good document later
  std::int64_t shared_time = 0;          ///< snapshots that share the time in a source's name
  std::optional<std::int64_t> gaps;      ///< absent when they were not counted
  std::int64_t running_lists = 0;        ///< snapshots that say so, and count as evidence
  std::int64_t proving_lists = 0;        ///< of them, those that prove something
  std::int64_t scope_contradicted = 0;   ///< of them, those that hold what they were not asked for
  std::int64_t gone = 0;                 ///< processes without an end that a list proves gone
  std::int64_t pruned_observations = 0;  ///< of the observations, those that were moved to files
  /// No answer about this instant or a later one needs any of them; absent when none were moved.
  std::optional<std::int64_t> pruned_before_ms;

  static const std::vector<Column<StoreStatus>>& columns();
};

/// What a table, or an index, takes in the file.
struct TreeSize {
  std::string table;
  std::string name;  ///< of the index; of the table itself for its rows
  std::int64_t bytes = 0;
  std::int64_t unused_bytes = 0;
  std::optional<Decimal> bytes_per_observation;  ///< absent in an empty store

  static const std::vector<Column<TreeSize>>& columns();
};

/// What one comparison of a store with itself found.
struct Finding {
  enum class Status { ok, differs };

  std::string check;
  Status status = Status::ok;
  std::int64_t rows = 0;  ///< compared
  std::optional<std::string> first_difference;

  static const std::vector<Column<Finding>>& columns();
};

/// Whether every comparison came out well.
[[nodiscard]] bool is_sound(const std::vector<Finding>& findings);

}  // namespace fleetmeter
