#include "seal/figures.hpp"

#include <limits>

#include "ask/meters.hpp"
#include "base/sha256.hpp"
#include "proof/checkpoint.hpp"
#include "proof/merkle.hpp"
#include "settle/cost.hpp"
#include "settle/documents.hpp"
#include "settle/terms.hpp"
#include "store/connection.hpp"
#include "store/reader.hpp"

namespace fleetmeter::seal {

namespace {

const std::vector<GroupBy> kGroups{GroupBy::app, GroupBy::deployment, GroupBy::region};

Question question_at(const Header& header, const Moment& moment) {
  Question question = question_of(header);
  question.as_of_ms = moment.as_of_ms;
  question.known_seq = moment.known_seq;
  return question;
}

/// Both meters by group, joined.
std::map<std::vector<std::string>, Usage> usage_of(const Question& question,
                                                   store::Reader& reader) {
  std::map<std::vector<std::string>, Usage> all;
  for (const BillingRow& row : ask::billing(question, reader)) {
    Usage& one = all[row.group];
    one.figures.billable_ms = row.billable_ms;
    one.billable_processes = row.processes;
  }
  for (const EgressRow& row : ask::egress(question, reader)) {
    Usage& one = all[row.group];
    one.figures.egress_bytes = row.egress_bytes;
    one.egress_processes = row.processes;
    one.open_processes = row.open_processes;
    one.unmetered_processes = row.unmetered_processes;
  }
  return all;
}

Group group_of(const std::vector<std::string>& texts) {
  return {texts.at(0), texts.at(1), texts.at(2)};
}

/// One digest of the documents about money that decide amounts.
std::string digest_of(const settle::Terms& terms, std::int64_t money_seq, SQLite::Database& db) {
  std::string all;
  for (const report::LetterDocument& one : settle::documents_of({}, terms, db, money_seq)) {
    all += one.kind + '\n' + one.name + '\n' + one.sha256 + '\n';
  }
  return base::to_hex(base::as_bytes(base::sha256(all)));
}

/// What decides the amounts of a month that is sealed with its cost.
settle::Terms terms_of(const Header& header, SQLite::Database& db) {
  store::PriceReader prices(db, header.money_seq.value());
  return settle::find_terms({header.rates, header.policy.value(), header.zone}, prices);
}

std::vector<CostRow> costs_of(Question question, const settle::Terms& terms,
                              store::Reader& reader) {
  question.by = kGroups;
  return settle::cost(question, terms, reader);
}

void add_costs(Header& header, const Question& question, store::Reader& reader,
               SQLite::Database& db, std::vector<std::string>& lines) {
  const settle::Terms terms = terms_of(header, db);
  header.money_digest = digest_of(terms, *header.money_seq, db);
  for (const CostRow& row : costs_of(question, terms, reader)) {
    lines.push_back(line_of(CostLine{row}));
    header.cost_lines += 1;
  }
}

/// What the month of a header costs at a moment; nothing when it was sealed without its cost.
Amounts amounts_at(const Header& header, const Moment& moment, SQLite::Database& db) {
  if (!header.rates) {
    return {};
  }
  const Question question = question_at(header, moment);
  store::Reader reader(db, question.known_seq, question.absence);
  Amounts all;
  for (const CostRow& row : costs_of(question, terms_of(header, db), reader)) {
    if (row.amount) {
      add({{{group_of(row.group), row.currency}, *row.amount}}, all);
    }
  }
  return all;
}

void add_adjustments(Header& header, const std::vector<store::StoredSeal>& before,
                     const Moment& moment, SQLite::Database& db, std::vector<std::string>& lines) {
  for (const SealedMonth& month : sealed_months(before)) {
    for (const auto& [group, change] : changes_of(month, moment, db)) {
      lines.push_back(line_of(AdjustmentLine{month.header.month, group, change}));
      header.adjustment_lines += 1;
    }
    for (const auto& [key, change] : cost_changes_of(month, moment, db)) {
      lines.push_back(
          line_of(CostAdjustmentLine{month.header.month, key.first, key.second, change}));
      header.adjustment_lines += 1;
    }
  }
}

}  // namespace

FiguresByGroup figures_at(const Header& header, const Moment& moment, SQLite::Database& db) {
  Question question = question_at(header, moment);
  question.by = kGroups;
  store::Reader reader(db, question.known_seq, question.absence);
  FiguresByGroup all;
  for (const auto& [group, usage] : usage_of(question, reader)) {
    all[group_of(group)] = usage.figures;
  }
  return all;
}

std::vector<std::int64_t> bounds_of(const Header& header, SQLite::Database& db) {
  std::vector<std::int64_t> bounds{header.from_ms, header.to_ms};
  if (header.rates) {
    const std::vector<std::int64_t> changes =
        terms_of(header, db).book.changes(model::Product::egress, {header.from_ms, header.to_ms});
    bounds.insert(bounds.end(), changes.begin(), changes.end());
  }
  return bounds;
}

void expect_whole(const store::StoredSeal& seal) {
  std::string damage = seal.damage;
  if (damage.empty()) {
    std::vector<base::Sha256> leaves;
    for (const std::string& line : seal.lines) {
      leaves.push_back(proof::leaf_hash(line));
    }
    const auto checkpoint = proof::read_checkpoint(seal.checkpoint);
    const bool holds = checkpoint && checkpoint->size == leaves.size() &&
                       checkpoint->root == proof::root_of(leaves);
    damage = holds ? "" : "its lines are not those that were sealed (see `verify`)";
  }
  if (!damage.empty()) {
    throw store::damaged("seal " + std::to_string(seal.seal_seq) + ": " + damage);
  }
}

std::vector<SealedMonth> sealed_months(const std::vector<store::StoredSeal>& seals) {
  std::vector<SealedMonth> months;
  for (const store::StoredSeal& seal : seals) {
    expect_whole(seal);
    for (SealedMonth& month : months) {
      for (const auto& [group, change] : adjustments_in(seal.lines, month.header.month)) {
        month.figures[group] += change;
      }
      add(cost_adjustments_in(seal.lines, month.header.month), month.amounts);
    }
    months.push_back({seal.seal_seq, read_header(seal.lines.at(0)), figures_in(seal.lines),
                      amounts_in(seal.lines)});
  }
  return months;
}

FiguresByGroup changes_of(const SealedMonth& month, const Moment& moment, SQLite::Database& db) {
  FiguresByGroup changes = figures_at(month.header, moment, db);
  for (const auto& [group, figures] : month.figures) {
    changes[group] -= figures;
  }
  std::erase_if(changes, [](const auto& one) { return one.second == Figures(); });
  return changes;
}

Amounts cost_changes_of(const SealedMonth& month, const Moment& moment, SQLite::Database& db) {
  Amounts changes = amounts_at(month.header, moment, db);
  take_away(month.amounts, changes);
  return changes;
}

std::vector<std::string> lines_at(Header header, const std::vector<store::StoredSeal>& before,
                                  const Moment& moment, SQLite::Database& db) {
  Question question = question_at(header, moment);
  question.scan = moment.reads_observations;
  store::Reader reader(db, question.known_seq, question.absence);
  const store::Knowledge known = reader.knowledge(std::numeric_limits<std::int64_t>::min(),
                                                  std::numeric_limits<std::int64_t>::max());
  header.snapshots = known.snapshots;
  header.knowledge = known.digest;
  header.usage_lines = header.cost_lines = header.adjustment_lines = 0;

  // Each process is in one group, so the numbers of processes add up as well.
  Usage total;
  std::vector<std::string> lines(2);  // the first two, when all of them is known
  question.by = kGroups;
  for (const auto& [group, usage] : usage_of(question, reader)) {
    lines.push_back(line_of(UsageLine{group_of(group), usage}));
    header.usage_lines += 1;
    total += usage;
  }
  lines[1] = line_of(TotalLine{total});
  if (header.rates) {
    add_costs(header, question, reader, db, lines);
  }
  add_adjustments(header, before, moment, db, lines);
  lines[0] = line_of(header);
  return lines;
}

}  // namespace fleetmeter::seal
