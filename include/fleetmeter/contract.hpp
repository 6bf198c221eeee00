#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "fleetmeter/bounded.hpp"
#include "fleetmeter/columns.hpp"
#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

// Contract tables: what a store knows, as facts with bounds from which any SQL engine works out the
// same answers by MAX, SUM, CASE and joins, without knowing the rules (docs/scale.md). The
// statements that ask them are queries/contract/*.sql.
//
// Times are unix milliseconds UTC, traffic is bytes. Texts that are not known are ''. Everything is
// of one moment of the store, and as of one as-of; but documents are all that are known, those of
// later instants too.

/// One process: its life, and the spans from which its counts follow.
struct ContractProcess {
  std::string process_id;
  std::string app_id;
  std::string deployment_id;
  std::string region;
  std::optional<std::int64_t> starting_at_ms;
  std::optional<std::int64_t> started_at_ms;
  std::optional<std::int64_t> stopping_at_ms;
  std::optional<std::int64_t> terminated_at_ms;
  std::int64_t first_seen_ms = 0;
  std::int64_t last_seen_ms = 0;
  /// Which row of the table of ends decided its billable span: `complete`, or the flag of that row.
  std::string rule;
  /// Billable from here until one of three ends, none before it; absent when nothing is billable.
  std::optional<std::int64_t> billed_from_ms;
  std::optional<Bounded<std::int64_t>> billed_to_ms;
  Bounded<std::int64_t> billable_ms;   ///< up to the as-of
  Bounded<std::int64_t> egress_bytes;  ///< up to the as-of
  /// It is open in a window [a, b) when `open_from_ms` < b and a < `open_to_ms`; absent: in none.
  std::optional<std::int64_t> open_from_ms;
  std::optional<std::int64_t> open_to_ms;
  /// Likewise where it ran and nobody read a counter.
  std::optional<std::int64_t> unmetered_from_ms;
  std::optional<std::int64_t> unmetered_to_ms;
  /// What meters say of it, in the order of names, with a space between two: the rule unless it is
  /// `complete`, clamped32, counter_break, open, stale_read, unknown_start, unmetered, wrap32.
  std::string flags;
  bool is_settled = false;  ///< no later as-of changes any of this

  /// The day of its row, counted from 1970: of the earliest time that anything says of it.
  [[nodiscard]] std::int64_t day() const;
  static const std::vector<Column<ContractProcess>>& columns();
};

/// The curves of a process at one boundary: how much it had used before that instant. There is a
/// row where a curve is not what it was at the boundary before, and none before the first. The
/// curves never fall, so the value at a boundary is the MAX over the rows up to it.
struct ContractHour {
  std::string process_id;
  std::int64_t at_ms = 0;  ///< a multiple of the grain, or the as-of
  Bounded<std::int64_t> billable_ms;
  Bounded<std::int64_t> egress_bytes;
  /// How long each curve of billable time goes on from here by a millisecond a millisecond: of the
  /// last row of a process alone, else 0.
  Bounded<std::int64_t> tail_ms;

  [[nodiscard]] std::int64_t day() const;  ///< of its row, counted from 1970
  static const std::vector<Column<ContractHour>>& columns();
};

/// A span in which a room stood on a process, up to the as-of. Those of one room on one process do
/// not overlap.
struct ContractStay {
  std::string room_id;
  std::string process_id;  ///< '' when nobody said which; it may be of no ContractProcess
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;

  [[nodiscard]] std::int64_t day() const;  ///< of its row, counted from 1970
  static const std::vector<Column<ContractStay>>& columns();
};

/// An instant up to the as-of at which an app was polled in a region (docs/semantics.md).
struct ContractPoll {
  std::string app_id;
  std::string region;
  std::int64_t observed_at_ms = 0;
  bool is_capped = false;  ///< some list of this instant was cut

  [[nodiscard]] std::int64_t day() const;  ///< of its row, counted from 1970
  static const std::vector<Column<ContractPoll>>& columns();
};

/// A stored document, with the digest of its bytes. It is there when it is known, also when it was
/// observed after the as-of.
struct ContractSnapshot {
  std::int64_t snapshot_seq = 0;
  std::int64_t observed_at_ms = 0;
  std::string source;
  std::int64_t byte_offset = 0;
  std::int64_t byte_length = 0;
  std::string sha256;  ///< hexadecimal
  std::int64_t process_count = 0;
  std::int64_t room_count = 0;
  std::int64_t duplicate_count = 0;
  std::int64_t restated_count = 0;
  std::int64_t reject_count = 0;
  std::int64_t egressed_bytes_sum = 0;  ///< control total over its observations, modulo 2^64

  [[nodiscard]] std::int64_t day() const;  ///< of its row, counted from 1970
  static const std::vector<Column<ContractSnapshot>>& columns();
};

/// What all of it was made from, and what it adds up to.
struct ContractMeta {
  std::int64_t contract_version = 0;
  std::string program_version;
  std::int64_t watermark_seq = 0;  ///< the newest snapshot that counts; 0: there is none
  std::string history_sha256;      ///< over all snapshots up to it, as they became known
  std::int64_t as_of_ms = 0;
  std::int64_t grain_ms = 0;
  std::int64_t grace_ms = 0;
  std::int64_t max_lifespan_ms = 0;
  std::string absence;  ///< trust or ignore
  std::int64_t processes = 0;
  std::int64_t hours = 0;
  std::int64_t stays = 0;
  std::int64_t polls = 0;
  std::int64_t snapshots = 0;
  Bounded<std::int64_t> billable_ms;   ///< of all processes up to the as-of
  Bounded<std::int64_t> egress_bytes;  ///< likewise

  static const std::vector<Column<ContractMeta>>& columns();
};

/// What contract tables are made with, beside what a question says.
struct ContractGiven {
  /// The distance of boundaries: at least a minute, and a whole part of a day.
  std::int64_t grain_ms = 3'600'000;

  /// Of facts that are shared among several databases, those of the one with this number, from 0:
  /// see shard_of(). What meta counts and adds up is of these.
  std::int64_t shards = 1;
  std::int64_t shard = 0;

  /// Absent: all processes and documents. Else only processes that a later snapshot observed or may
  /// have proved gone, and those of `also` by their ids; and later documents. Rooms and polls come
  /// whole.
  std::optional<std::int64_t> after_seq = {};
  std::set<std::string> also = {};
};

/// Which of so many databases holds a fact: the first 8 bytes of the SHA-256 of what it is known
/// by, as a number, modulo them. Processes and stays of rooms are known by the id of the process,
/// polls by that of the app, documents by their digest in hexadecimal.
[[nodiscard]] std::int64_t shard_of(const std::string& known_by, std::int64_t shards);

/// Takes the rows of contract tables. Each table comes in the order of days, and within a day by
/// its key; the only row of meta comes last, and not at all when something was refused meanwhile:
/// who keeps rows lets nobody see them before it came.
class ContractSink {
 public:
  virtual ~ContractSink() = default;
  virtual void take(const ContractProcess& row) = 0;
  virtual void take(const ContractHour& row) = 0;
  virtual void take(const ContractStay& row) = 0;
  virtual void take(const ContractPoll& row) = 0;
  virtual void take(const ContractSnapshot& row) = 0;
  virtual void take(const ContractMeta& row) = 0;
};

/// A statement over contract tables: its name, its text, and the window's parameters `:from_ms` and
/// `:to_ms` in it.
struct ContractQuery {
  std::string name;
  std::string text;
};

/// All of them, in name order.
[[nodiscard]] std::vector<ContractQuery> contract_queries();

/// One of them. Throws Error(usage) when none is called so.
[[nodiscard]] ContractQuery contract_query(const std::string& name);

}  // namespace fleetmeter
