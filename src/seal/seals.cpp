#include "seal/seals.hpp"

#include <algorithm>

#include "base/sha256.hpp"
#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"
#include "fleetmeter/version.hpp"
#include "proof/checkpoint.hpp"
#include "proof/ed25519.hpp"
#include "proof/merkle.hpp"
#include "proof/receipt.hpp"
#include "seal/figures.hpp"
#include "seal/header.hpp"
#include "seal/verify.hpp"
#include "settle/terms.hpp"
#include "store/connection.hpp"
#include "store/reader.hpp"

namespace fleetmeter::seal {

namespace {

using store::StoredSeal;

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ErrorKind::usage, "seal: " + why);
}

std::vector<base::Sha256> leaves_of(const std::vector<std::string>& lines) {
  std::vector<base::Sha256> leaves;
  for (const std::string& line : lines) {
    leaves.push_back(proof::leaf_hash(line));
  }
  return leaves;
}

std::string root_of(const StoredSeal& seal) {
  const auto checkpoint = proof::read_checkpoint(seal.checkpoint);
  return checkpoint ? base::to_base64(base::as_bytes(checkpoint->root)) : "";
}

std::string called(const StoredSeal& seal) {
  return "seal " + std::to_string(seal.seal_seq) + " (" + seal.month + " in " + seal.zone + ")";
}

/// What the question and the request decide of a header.
Header begin_header(const SealRequest& request, Question question, SQLite::Database& db) {
  if (!question.app_ids.empty() || !question.deployment_ids.empty() || !question.regions.empty() ||
      !question.process_ids.empty()) {
    refuse("a seal is of everything; leave the filters out");
  }
  set_window(question, {{}, {}, {}, request.month});
  const store::NewestKnown newest = store::newest_known(db);
  store::Reader reader(db, question.known_seq, question.absence);
  const auto latest_ms = reader.span().latest_observed_ms;
  if (!latest_ms) {
    refuse("nothing is known yet");
  }
  Header header;
  header.origin = request.origin + '/' + request.month;
  header.month = request.month;
  header.zone = question.tz;
  header.from_ms = *question.from_ms;
  header.to_ms = *question.to_ms;
  header.as_of_ms = question.as_of_ms.value_or(*latest_ms);
  header.known_seq = std::min(question.known_seq.value_or(newest.known_seq), newest.known_seq);
  header.grace_ms = question.grace_ms;
  header.max_lifespan_ms = question.max_lifespan_ms;
  header.absence = absence_name(question.absence);
  header.version = version();
  if (request.pricing) {
    store::PriceReader prices(db);
    const settle::Terms terms = settle::find_terms(*request.pricing, prices);
    header.rates = terms.book.card().name;
    header.policy = terms.policy.name;
    header.money_seq = newest.money_seq;
  }
  return header;
}

/// A month is sealed when it is over, once, and never as of an earlier state than the seal before.
void expect_sealable(const Header& header, const std::vector<StoredSeal>& before) {
  if (header.as_of_ms < header.to_ms) {
    refuse(header.month + " in " + header.zone + " ends at " + base::format_utc(header.to_ms) +
           ", and the store is as of " + base::format_utc(header.as_of_ms) +
           "; ingest what came later, or give an as-of that is not before its end");
  }
  for (const StoredSeal& one : before) {
    const Header sealed = read_header(one.lines.at(0));
    if (sealed.from_ms < header.to_ms && header.from_ms < sealed.to_ms) {
      refuse(header.month + " in " + header.zone +
             (sealed.from_ms == header.from_ms ? " is sealed already, by " : " overlaps ") +
             called(one) +
             "; what became known since is in `restatements`, and goes into the next seal");
    }
    if (header.known_seq < sealed.known_seq || header.as_of_ms < sealed.as_of_ms) {
      refuse("of what was known at snapshot " + std::to_string(header.known_seq) + ", as of " +
             base::format_utc(header.as_of_ms) + ": that is less than " + called(one) +
             " knew (snapshot " + std::to_string(sealed.known_seq) + ", as of " +
             base::format_utc(sealed.as_of_ms) + ")");
    }
  }
}

}  // namespace

StoredSeal make_seal(const SealRequest& request, const Question& question, std::int64_t now_ms,
                     SQLite::Database& db) {
  if (!proof::is_origin(request.origin)) {
    refuse("the origin must be printable ASCII without spaces or +, like example.com/billing (" +
           printable(request.origin) + ')');
  }
  if (const store::Checked checked = check_seals(db); !checked.first.empty()) {
    throw store::damaged("seal: no seal can stand on one that is not whole; " + checked.first);
  }
  const std::vector<StoredSeal> before = store::seals_in(db);
  Header header = begin_header(request, question, db);
  expect_sealable(header, before);
  std::optional<std::string> private_key;
  if (request.key_pem) {
    private_key = proof::private_key_of(*request.key_pem, request.key_file);
    header.public_key = base::to_base64(proof::public_half(*private_key));
  }
  if (!before.empty()) {
    header.previous_root = root_of(before.back());
  }
  StoredSeal seal;
  seal.seal_seq = static_cast<std::int64_t>(before.size()) + 1;
  seal.month = header.month;
  seal.zone = header.zone;
  seal.as_of_ms = header.as_of_ms;
  seal.known_seq = header.known_seq;
  seal.lines = lines_at(header, before, {header.known_seq, header.as_of_ms}, db);
  seal.checkpoint =
      proof::to_text({header.origin, seal.lines.size(), proof::root_of(leaves_of(seal.lines))});
  if (private_key) {
    seal.signatures = proof::signature_line(header.origin, *private_key, seal.checkpoint);
  }
  seal.sealed_at_ms = now_ms;
  store::add_seal(db, seal);
  return seal;
}

SealRow row_of(const StoredSeal& seal) {
  const Header header = read_header(seal.lines.at(0));
  return {seal.seal_seq,           seal.month,     seal.zone,
          seal.as_of_ms,           seal.known_seq, static_cast<std::int64_t>(seal.lines.size()),
          header.adjustment_lines, root_of(seal),  header.origin,
          header.public_key};
}

const StoredSeal& find_seal(const std::vector<StoredSeal>& seals, const std::string& name) {
  for (const StoredSeal& seal : seals) {
    if (std::to_string(seal.seal_seq) == name || seal.month == name) {
      return seal;
    }
  }
  throw Error(ErrorKind::no_input, "no seal is called " + printable(name) +
                                       ": a seal is named by its number, or by its month" +
                                       (seals.empty() ? "; there is none" : ""));
}

std::string note_of(const StoredSeal& seal) {
  return proof::note_of(seal.checkpoint, seal.signatures);
}

std::string receipt_of(const StoredSeal& seal, std::int64_t line_no) {
  const auto count = static_cast<std::int64_t>(seal.lines.size());
  if (line_no < 0 || line_no >= count) {
    throw Error(ErrorKind::usage, "receipt: " + called(seal) + " has the lines 0 to " +
                                      std::to_string(count - 1) + ", and no line " +
                                      std::to_string(line_no));
  }
  expect_whole(seal);
  const auto index = static_cast<std::size_t>(line_no);
  return proof::to_text(proof::Receipt{seal.lines[index], index,
                                       proof::path_of(leaves_of(seal.lines), index),
                                       seal.checkpoint, seal.signatures});
}

namespace {

Bounded<Decimal> decimals(const Bounded<Int128>& value) {
  return {Decimal(value.point, 0), Decimal(value.lo, 0), Decimal(value.hi, 0)};
}

/// A value that was and by how much it differs; nothing when it does not.
void add_change(const SealedMonth& month, const Group& group, const char* measure,
                const Bounded<Decimal>& was, const Bounded<Decimal>& by, const std::string& unit,
                std::vector<Restatement>& all) {
  if (by != Bounded<Decimal>()) {
    all.push_back({month.seal_seq, month.header.month, group.app_id, group.deployment_id,
                   group.region, measure, was, was + by, unit});
  }
}

void add_restatements(const SealedMonth& month, const Moment& moment, SQLite::Database& db,
                      std::vector<Restatement>& all) {
  for (const auto& [group, change] : changes_of(month, moment, db)) {
    const auto found = month.figures.find(group);
    const Figures from = found == month.figures.end() ? Figures() : found->second;
    add_change(month, group, "billable", decimals(from.billable_ms), decimals(change.billable_ms),
               "ms", all);
    add_change(month, group, "egress", decimals(from.egress_bytes), decimals(change.egress_bytes),
               "bytes", all);
  }
  for (const auto& [key, change] : cost_changes_of(month, moment, db)) {
    const auto found = month.amounts.find(key);
    add_change(month, key.first, "cost",
               found == month.amounts.end() ? Bounded<Decimal>() : found->second, change,
               key.second, all);
  }
}

}  // namespace

std::vector<Restatement> restatements(SQLite::Database& db) {
  std::int64_t as_of_ms = store::Reader(db, std::nullopt).span().latest_observed_ms.value_or(0);
  const std::vector<SealedMonth> months = sealed_months(store::seals_in(db));
  for (const SealedMonth& month : months) {
    // An earlier as-of would find less than was sealed, though nothing new is known.
    as_of_ms = std::max(as_of_ms, month.header.as_of_ms);
  }
  std::vector<Restatement> all;
  for (const SealedMonth& month : months) {
    add_restatements(month, {{}, as_of_ms}, db, all);
  }
  return all;
}

std::vector<report::Sealed> sealed_months_for_reports(SQLite::Database& db) {
  std::vector<report::Sealed> all;
  for (const StoredSeal& seal : store::seals_in(db)) {
    Figures total;
    for (const auto& [group, figures] : figures_in(seal.lines)) {
      total += figures;
    }
    all.push_back({seal.month, seal.zone, seal.seal_seq, seal.as_of_ms, root_of(seal),
                   note_of(seal), total.billable_ms, total.egress_bytes});
  }
  return all;
}

}  // namespace fleetmeter::seal
