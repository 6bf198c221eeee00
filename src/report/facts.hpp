#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/absence.hpp"
#include "fleetmeter/bounded.hpp"
#include "fleetmeter/int128.hpp"
#include "report/money.hpp"
#include "report/packed_table.hpp"
#include "report/process_table.hpp"
#include "report/share.hpp"

namespace fleetmeter::report {

/// A civil day or month: what a report is about.
struct Period {
  std::string label;  ///< `2024-11-03` or `2024-11`
  std::string tz;
  bool is_month = false;
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};

/// A step of the report's time axis: an hour of a day, a day of a month.
struct Slot {
  std::string label;  ///< as answers write it
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};

/// The processes that ran at once: the most in each of many equal parts of the period.
struct Concurrency {
  std::int64_t part_ms = 0;
  std::vector<std::int64_t> most;     ///< by the meter
  std::vector<std::int64_t> most_hi;  ///< at most
  std::int64_t peak = 0;
  std::int64_t peak_at_ms = 0;
};

/// A span that charts shade, because little or nothing is known of it.
struct Shade {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};

/// How often a flag was raised, and what it means.
struct FlagCount {
  std::string flag;
  std::int64_t processes = 0;
  std::string example;  ///< a process that has it
};

/// A reason for which bounds of billable time lie apart.
struct Width {
  std::string flag;  ///< of the processes; "" when none says it
  std::int64_t processes = 0;
  Int128 width_ms = 0;       ///< between the bounds, together
  std::int64_t most_ms = 0;  ///< likewise, of one process
  std::string example;       ///< the process of which that is, the first by name
};

/// The totals of one period.
struct Totals {
  Bounded<Int128> billable_ms;
  Bounded<Int128> egress_bytes;
  std::int64_t processes = 0;
  std::int64_t open_processes = 0;
  std::int64_t unmetered_processes = 0;
};

/// What a report is made from, in short.
struct Basis {
  std::int64_t as_of_ms = 0;
  std::string store_digest;
  Totals totals;
};

/// How a month was sealed.
struct Sealed {
  std::string label;
  std::string tz;
  std::int64_t seal_seq = 0;
  std::int64_t as_of_ms = 0;
  std::string root;        ///< base64
  std::string checkpoint;  ///< whole, with the signature if somebody signed
  Bounded<Int128> billable_ms;
  Bounded<Int128> egress_bytes;
};

/// The reports beside this one that its page leads to; "" where there is none.
struct Linked {
  std::string before;
  std::string after;
  std::vector<std::string> days;  ///< of a month, those that are there
};

/// Everything a report says, from one moment of the store.
struct Facts {
  Period period;
  std::string command;  ///< options that every command of the report shares: ` --tz X`
  std::int64_t as_of_ms = 0;
  std::int64_t grace_ms = 0;
  std::int64_t max_lifespan_ms = 0;
  Absence absence = Absence::trust;
  std::optional<std::int64_t> known_seq;  ///< later snapshots do not count; absent: all do
  std::int64_t snapshots = 0;             ///< documents known
  std::string store_digest;  ///< of everything known, whatever its order, in hexadecimal
  std::string version;
  Totals totals;
  std::optional<Totals> before;  ///< of the period before; absent when nothing is known of it
  std::string before_label;
  bool is_comparable = false;  ///< nearly all of both periods is known
  std::vector<Slot> slots;
  std::vector<Bounded<Int128>> billable_by_slot;
  std::vector<Bounded<Int128>> egress_by_slot;
  std::vector<Share> regions;        ///< the largest first; the last may stand for all others
  std::vector<Share> apps;           ///< likewise
  std::vector<Share> moved_regions;  ///< what changed most; empty unless both periods are known
  std::vector<Share> moved_apps;
  Concurrency concurrency;
  std::int64_t gap_count = 0;      ///< as coverage lists them, of every app and region
  std::int64_t uncovered_ms = 0;   ///< their sum
  std::int64_t unpolled_ms = 0;    ///< time far from any poll, whatever ran
  std::int64_t unseen_ms = 0;      ///< time in which more may have run than was seen: also in holes
  std::vector<Shade> shades;       ///< gaps and time far from any poll, merged: what charts shade
  std::int64_t rejects = 0;        ///< things wrong in the period's documents
  std::vector<FlagCount> flags;    ///< by name; without `running`, which is no anomaly
  std::int64_t still_running = 0;  ///< processes that ran when they were last seen
  std::vector<Width> widths;       ///< the widest first; their sum is that of the total's bounds
  std::optional<Money> money;      ///< absent when nobody asked at which prices
  std::optional<Sealed> sealed;    ///< absent unless it is a month that was sealed
  Linked linked;
  std::string moved;  ///< what this report restated of the one before; "" when it restated none

  // The files beside the page, row by row.
  PackedTable billing;
  PackedTable egress;
  ProcessTable processes;
  PackedTable anomalies;
  PackedTable coverage;
};

}  // namespace fleetmeter::report
