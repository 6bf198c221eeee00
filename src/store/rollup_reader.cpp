#include "store/rollup_reader.hpp"

#include <algorithm>

#include "sql/catalog.hpp"

namespace fleetmeter::store {

namespace {

namespace ask = sql::queries::ask;
using rollup::Group;

/// `row` stands on a row of one of the lists of processes.
RolledProcess process_at(const Statement& row) {
  const auto key = [&](int column) {
    const std::int64_t label_key = row.integer(column);
    return label_key == 0 ? std::nullopt : std::optional(label_key);
  };
  RolledProcess process;
  process.facts = {row.integer(0),
                   key(1),
                   key(2),
                   key(3),
                   {row.maybe_integer(4), row.maybe_integer(5), row.maybe_integer(6),
                    row.maybe_integer(7), row.integer(8), row.integer(9), row.maybe_integer(10)}};
  process.irregular = row.integer(11) != 0;
  if (const auto first_ms = row.maybe_integer(12)) {
    process.track = meter::EgressTrack{
        *first_ms,       row.maybe_integer(13), row.integer(14),      row.integer(15),
        row.integer(16), row.integer(17) != 0,  row.integer(18) != 0, false};
  }
  return process;
}

void take_all(Statement& rows, std::vector<RolledProcess>& out) {
  while (rows.next()) {
    out.push_back(process_at(rows));
  }
}

/// Each once, by process_key.
std::vector<RolledProcess> settled(std::vector<RolledProcess> all) {
  std::sort(all.begin(), all.end(), [](const RolledProcess& a, const RolledProcess& b) {
    return a.facts.process_key < b.facts.process_key;
  });
  all.erase(std::unique(all.begin(), all.end(),
                        [](const RolledProcess& a, const RolledProcess& b) {
                          return a.facts.process_key == b.facts.process_key;
                        }),
            all.end());
  return all;
}

}  // namespace

std::int64_t RollupReader::longest(const sql::SqlText& source, std::optional<std::int64_t>& known) {
  if (!known) {
    Statement& row = statements_.of(source);
    known = row.next() ? row.integer(0) : 0;
    row.reset();
  }
  return *known;
}

std::int64_t RollupReader::longest_extent() {
  return longest(ask::longest_extent, longest_extent_);
}

void RollupReader::each_bucket(
    Meter meter, rollup::Level level, std::int64_t from_bucket, std::int64_t to_bucket,
    const std::function<void(std::int64_t, const Group&, const rollup::Sums<std::int64_t>&)>& use) {
  if (from_bucket >= to_bucket) {
    return;
  }
  const bool billing = meter == Meter::billing;
  const std::size_t first = billing ? 0 : rollup::kBillingSums;
  const std::size_t end = billing ? rollup::kBillingSums : rollup::kSums;
  Statement& row = statements_.of(billing ? ask::list_billing_buckets : ask::list_egress_buckets);
  row.bind(":level", static_cast<std::int64_t>(level))
      .bind(":from_bucket", from_bucket)
      .bind(":to_bucket", to_bucket);
  rollup::Sums<std::int64_t> sums;
  while (row.next()) {
    for (std::size_t i = first; i < end; ++i) {
      sums.values[i] = row.integer(static_cast<int>(i - first) + 4);
    }
    use(row.integer(0), {row.integer(1), row.integer(2), row.integer(3)}, sums);
  }
}

void RollupReader::each_gap(std::int64_t from_hour, std::int64_t to_hour,
                            const std::function<void(const Group&, std::int64_t)>& use) {
  const std::int64_t longest_gap = longest(ask::longest_gap, longest_gap_);
  for (std::int64_t extent = rollup::extent_of(to_hour - from_hour); extent <= longest_gap;
       ++extent) {
    Statement& row = statements_.of(ask::list_gaps);
    row.bind(":extent", extent)
        .bind(":begins_after", from_hour - (std::int64_t{1} << extent))
        .bind(":from_hour", from_hour)
        .bind(":to_hour", to_hour);
    while (row.next()) {
      use({row.integer(0), row.integer(1), row.integer(2)}, row.integer(3));
    }
  }
}

void RollupReader::add_active(std::int64_t from_ms, std::int64_t to_ms,
                              std::vector<RolledProcess>& out) {
  Statement& row = statements_.of(ask::list_active);
  for (std::int64_t extent = 0; extent <= longest_extent(); ++extent) {
    row.bind(":extent", extent)
        .bind(":begins_after_ms", rollup::begins_after(from_ms, extent))
        .bind(":from_ms", from_ms)
        .bind(":to_ms", to_ms);
    take_all(row, out);
  }
}

void RollupReader::add_tails(std::int64_t from_ms, std::int64_t to_ms,
                             std::vector<RolledProcess>& out) {
  Statement& row = statements_.of(ask::list_tails);
  row.bind(":from_ms", from_ms).bind(":to_ms", to_ms);
  take_all(row, out);
}

void RollupReader::add_lately_seen(std::int64_t from_ms, std::int64_t to_ms,
                                   std::vector<RolledProcess>& out) {
  if (from_ms < to_ms) {
    Statement& row = statements_.of(ask::list_lately_seen);
    row.bind(":from_ms", from_ms).bind(":to_ms", to_ms);
    take_all(row, out);
  }
}

std::vector<RolledProcess> RollupReader::active(std::int64_t from_ms, std::int64_t to_ms) {
  std::vector<RolledProcess> out;
  add_active(from_ms, to_ms, out);
  add_tails(from_ms, to_ms, out);
  return settled(std::move(out));
}

std::vector<RolledProcess> RollupReader::present(const Presence& presence) {
  std::vector<RolledProcess> out;
  add_active(presence.from_ms, presence.to_ms, out);
  // One that began before to_ms and was lost before from_ms is believed for its longest life.
  add_tails(presence.from_ms, presence.to_ms + presence.max_lifespan_ms, out);
  take_all(statements_.of(ask::list_endless), out);
  add_lately_seen(presence.runs_if_seen_ms, presence.from_ms, out);
  return settled(std::move(out));
}

void RollupReader::each_present(const Presence& presence,
                                const std::function<void(const RolledProcess&)>& use) {
  Statement& row = statements_.of(ask::list_present);
  row.bind(":from_ms", presence.from_ms)
      .bind(":to_ms", presence.to_ms)
      .bind(":runs_if_seen_ms", presence.runs_if_seen_ms);
  while (row.next()) {
    use(process_at(row));
  }
}

std::vector<RolledProcess> RollupReader::lately_seen(std::int64_t from_ms, std::int64_t to_ms) {
  std::vector<RolledProcess> out;
  add_lately_seen(from_ms, to_ms, out);
  return settled(std::move(out));
}

std::vector<RolledProcess> RollupReader::irregular() {
  std::vector<RolledProcess> out;
  take_all(statements_.of(ask::list_irregular), out);
  return out;
}

}  // namespace fleetmeter::store
