#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/absence.hpp"
#include "fleetmeter/bounded.hpp"
#include "fleetmeter/columns.hpp"
#include "fleetmeter/int128.hpp"
#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// What the rows of an answer are divided by.
enum class GroupBy { month, day, hour, app, deployment, region, process, room };

/// What every question can say: about which time, about which processes, divided into which groups,
/// and what is believed of processes whose end nobody saw.
///
/// Times are unix milliseconds UTC; windows are half-open [from, to).
struct Question {
  std::optional<std::int64_t> from_ms;  ///< absent: 1 ms before the earliest time in the store
  std::optional<std::int64_t> to_ms;    ///< absent: the as-of; later than it: the as-of
  std::string tz = "UTC";               ///< IANA zone of months, days and hours
  std::vector<GroupBy> by;              ///< empty: one total row

  std::vector<std::string> app_ids;  ///< each list: any of these; empty: all
  std::vector<std::string> deployment_ids;
  std::vector<std::string> regions;
  std::vector<std::string> process_ids;

  std::optional<std::int64_t> as_of_ms;  ///< absent: the greatest observed_at in the store
  std::int64_t grace_ms = 15 * 60'000;   ///< how long after its last sight a process still runs
  std::int64_t max_lifespan_ms = 72LL * 3'600'000;  ///< no process lives longer

  Absence absence = Absence::trust;  ///< whether lists prove that processes are gone

  std::optional<std::int64_t> known_seq;  ///< answer as if later snapshots had not come
  /// Likewise, as if nothing had been stored after this instant of the wall clock; a file counts
  /// from when its first document was stored. With both, the older state of knowledge counts.
  std::optional<std::int64_t> known_at_ms;
  bool scan = false;  ///< answer from the observations, not from summaries
  /// A folder with the files that observations were moved to (Store::prune); empty: none. What
  /// explains a process or a row reads from there what it needs of them.
  std::string archive;
};

/// How people name a window. At most one of: from/to, day, month, last_month, this_month,
/// yesterday.
struct WindowText {
  std::optional<std::string> from;   ///< RFC 3339, or a date: midnight in the question's zone
  std::optional<std::string> to;     ///< likewise
  std::optional<std::string> day;    ///< 2024-11-03
  std::optional<std::string> month;  ///< 2024-11
  // These count from an as-of, in the question's zone; never from the clock. An as-of at midnight
  // belongs to the day and the month that begin then.
  bool last_month = false;  ///< the month before that of the as-of
  bool this_month = false;  ///< the month of the as-of
  bool yesterday = false;   ///< the day before that of the as-of

  [[nodiscard]] bool counts_from_as_of() const { return last_month || this_month || yesterday; }
};

/// Throws Error(usage) when a text names more than one window.
void expect_one_window(const WindowText& text);

/// The month or the day that is meant by a window that counts from the as-of, by its own name.
/// Absent, as_of_ms means that nothing is known, and Error(usage) says so; so it does of a window
/// outside the years 0 to 9999.
[[nodiscard]] WindowText counted_from(std::optional<std::int64_t> as_of_ms, const WindowText& text,
                                      const std::string& tz);

/// Sets the question's window from text, in the question's zone. One that counts from the as-of
/// counts from the question's. Throws Error(usage).
void set_window(Question& question, const WindowText& asked);

/// An instant as people write it: RFC 3339, or a date, which means midnight in the zone. What is
/// neither throws Error(usage) that names `option`.
[[nodiscard]] std::int64_t parse_instant(const std::string& option, const std::string& text,
                                         const std::string& tz);

/// A duration such as `15m`, `72h`, `90s`, `250ms` or `3d`, in milliseconds. Throws Error(usage)
/// that names `option`.
[[nodiscard]] std::int64_t parse_duration(const std::string& option, const std::string& text);

/// Reads `region,day`; throws Error(usage) on an unknown or repeated name.
[[nodiscard]] std::vector<GroupBy> parse_group_by(const std::string& list);

/// The name of the column that a grouping adds: `month`, `day`, `hour`, `app_id`, `deployment_id`,
/// `region`, `process_id` or `room_id`.
[[nodiscard]] const char* column_name(GroupBy by);

/// Billable time of one group in one window. Sums are exact.
struct BillingRow {
  std::vector<std::string> group;  ///< one text per grouping, in the question's order
  std::int64_t processes = 0;      ///< processes whose hi here is greater than 0
  Bounded<Int128> billable_ms;

  static const std::vector<Column<BillingRow>>& columns();
};

/// Bytes that one group sent in one window. Where open_processes is not 0, hi holds only what was
/// seen. Processes that never said a counter are counted in unmetered_processes and add nothing.
struct EgressRow {
  std::vector<std::string> group;
  std::int64_t processes = 0;
  Bounded<Int128> egress_bytes;
  std::int64_t open_processes = 0;
  std::int64_t unmetered_processes = 0;

  static const std::vector<Column<EgressRow>>& columns();
};

/// Hands the rows to a writer. The columns are one per grouping of the question, then those of the
/// row.
template <class Row>
void give(const Question& question, const std::vector<Row>& rows, RowSink& sink) {
  std::vector<std::string> names;
  std::vector<CellKind> kinds;
  for (const GroupBy by : question.by) {
    names.emplace_back(column_name(by));
    kinds.push_back(CellKind::text);
  }
  for (const Column<Row>& column : Row::columns()) {
    names.emplace_back(column.name);
    kinds.push_back(kind_of(column));
  }
  sink.kinds(kinds);
  sink.columns(names);
  for (const Row& row : rows) {
    std::vector<Cell> cells(row.group.begin(), row.group.end());
    for (const Column<Row>& column : Row::columns()) {
      cells.push_back(column.of(row));
    }
    sink.row(cells);
  }
  sink.end();
}

}  // namespace fleetmeter
