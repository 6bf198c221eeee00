#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "seal/header.hpp"
#include "seal/lines.hpp"
#include "store/seals.hpp"

namespace fleetmeter::seal {

/// How much counts for an answer: what was known once, and up to which instant.
struct Moment {
  std::optional<std::int64_t> known_seq;  ///< later snapshots do not count; absent: all do
  std::int64_t as_of_ms = 0;
  /// Figures come from the observations alone, not from what is kept for speed. It is slow, and
  /// finds out a store in which an observation was changed.
  bool reads_observations = false;
};

/// The figures of the month of a header, as they are known at a moment.
[[nodiscard]] FiguresByGroup figures_at(const Header& header, const Moment& moment,
                                        SQLite::Database& db);

/// The instants between which the figures of a seal are worked out: the ends of its month, and when
/// prices change in it.
[[nodiscard]] std::vector<std::int64_t> bounds_of(const Header& header, SQLite::Database& db);

/// A month that was sealed, and what has been written down of its figures since.
struct SealedMonth {
  std::int64_t seal_seq = 0;
  Header header;
  FiguresByGroup figures;  ///< of its own seal, with the adjustments of all later ones
  Amounts amounts;         ///< likewise; none when it was sealed without its cost
};
[[nodiscard]] std::vector<SealedMonth> sealed_months(const std::vector<store::StoredSeal>& seals);

/// Throws Error(foreign_store) when the lines of a seal are not those over which its root stands.
void expect_whole(const store::StoredSeal& seal);

/// By how much the figures of a month differ at a moment from what was written down; groups of
/// which nothing differs are left out.
[[nodiscard]] FiguresByGroup changes_of(const SealedMonth& month, const Moment& moment,
                                        SQLite::Database& db);

/// The same of what the month costs, at the prices that were sealed.
[[nodiscard]] Amounts cost_changes_of(const SealedMonth& month, const Moment& moment,
                                      SQLite::Database& db);

/// All lines of a seal. Of the header the numbers of lines are filled in here, and what is known of
/// the snapshots and of the documents about money that count. `before`: the seals that were made
/// earlier. Adjustments come from what is kept for speed.
[[nodiscard]] std::vector<std::string> lines_at(Header header,
                                                const std::vector<store::StoredSeal>& before,
                                                const Moment& moment, SQLite::Database& db);

}  // namespace fleetmeter::seal
