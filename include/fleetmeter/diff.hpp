#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/bounded.hpp"
#include "fleetmeter/evidence.hpp"
#include "fleetmeter/int128.hpp"
#include "fleetmeter/public.hpp"
#include "fleetmeter/question.hpp"
#include "fleetmeter/table.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// A state of knowledge: all that was stored up to some snapshot. Without either, all by now.
struct Known {
  std::optional<std::int64_t> seq;    ///< the number of its newest snapshot
  std::optional<std::int64_t> at_ms;  ///< the wall time at which it was the newest
};

/// Why a process is known otherwise in a later state of knowledge. Of several, the first counts.
enum class ChangeCause {
  new_process,     ///< no snapshot had observed it
  corrected_time,  ///< a time of its life that was known became another
  new_final,       ///< its stoppingAt or terminatedAt became known
  gone,            ///< a running list that became known proves it gone
  restatement,     ///< of an instant at which it was observed, something else was said
  late_snapshot,   ///< a snapshot that became known later observed it
  as_of,           ///< nothing more was said of it; only the as-of moved
};

/// The name of a cause in answers: the name that it has here.
[[nodiscard]] const char* cause_name(ChangeCause cause);

/// What both meters say of something in a window.
struct Measured {
  Bounded<Int128> billable_ms;
  Bounded<Int128> egress_bytes;
  std::int64_t open_processes = 0;
  std::int64_t unmetered_processes = 0;

  friend bool operator==(const Measured&, const Measured&) = default;
};

/// What was measured in two states of knowledge; what changed is the difference, number by number.
struct Change {
  Measured from;
  Measured to;
};

/// A group of an answer that changed.
struct ChangedGroup {
  std::vector<std::string> group;  ///< one text per grouping, in the question's order
  Change change;
};

/// A process that changed, in one group. One that moved to another group has a row in each.
struct ChangedProcess {
  std::vector<std::string> group;
  std::string process_id;
  ChangeCause cause = ChangeCause::as_of;
  std::string evidence;            ///< a sentence
  std::optional<Provenance> from;  ///< the first document that says so; absent: none does
  Change change;
};

/// All processes that changed for one reason.
struct CauseOfChange {
  ChangeCause cause = ChangeCause::as_of;
  std::int64_t processes = 0;
  Change change;
};

/// What changed between two states of knowledge. Processes sum exactly to groups, and groups and
/// causes to the total. What did not change is left out.
struct Difference {
  std::vector<GroupBy> by;
  std::vector<ChangedGroup> rows;
  std::vector<ChangedProcess> processes;
  std::vector<CauseOfChange> causes;
};

/// How far a difference is told. Causes and processes rest on what was said of each process, which
/// takes longer to read than the groups do.
enum class DiffDepth { groups, processes };

/// Hands over one part. Of each number there are three columns, of which the third is the second
/// less the first: from_billable_ms, to_billable_ms, change_billable_ms.
void give_rows(const Difference& difference, RowSink& sink);
void give_processes(const Difference& difference, RowSink& sink);
void give_causes(const Difference& difference, RowSink& sink);

}  // namespace fleetmeter
