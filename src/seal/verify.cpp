#include "seal/verify.hpp"

#include <algorithm>
#include <map>

#include "base/calendar.hpp"
#include "base/sha256.hpp"
#include "decode/json_tree.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"
#include "proof/checkpoint.hpp"
#include "proof/merkle.hpp"
#include "seal/figures.hpp"
#include "seal/header.hpp"
#include "store/reader.hpp"

namespace fleetmeter::seal {

namespace {

using store::StoredSeal;

/// Gathers what differs in one seal.
class Faults {
 public:
  explicit Faults(const StoredSeal& seal) : seal_(seal) {}

  void expect(const std::string& place, const std::optional<std::string>& sealed,
              const std::optional<std::string>& found) {
    if (sealed != found) {
      add(place, sealed, found);
    }
  }
  void add(const std::string& place, const std::optional<std::string>& sealed,
           const std::optional<std::string>& found) {
    rows_.push_back(
        {seal_.seal_seq, seal_.month, SealFinding::Status::differs, place, sealed, found});
  }
  [[nodiscard]] std::vector<SealFinding> take() {
    if (rows_.empty()) {
      rows_.push_back({seal_.seal_seq, seal_.month, SealFinding::Status::ok, {}, {}, {}});
    }
    return std::move(rows_);
  }

 private:
  const StoredSeal& seal_;
  std::vector<SealFinding> rows_;
};

std::string base64(const base::Sha256& digest) {
  return base::to_base64(base::as_bytes(digest));
}

std::optional<std::string> root_in(const StoredSeal& seal) {
  const auto checkpoint = proof::read_checkpoint(seal.checkpoint);
  return checkpoint ? std::optional(base64(checkpoint->root)) : std::nullopt;
}

/// The checkpoint against the lines, and the signature against the checkpoint.
void compare_proof(const StoredSeal& seal, const Header& header, Faults& faults) {
  const auto checkpoint = proof::read_checkpoint(seal.checkpoint);
  if (!checkpoint) {
    faults.add("checkpoint", seal.checkpoint, std::nullopt);
    return;
  }
  std::vector<base::Sha256> leaves;
  for (const std::string& line : seal.lines) {
    leaves.push_back(proof::leaf_hash(line));
  }
  faults.expect("origin", checkpoint->origin, header.origin);
  faults.expect("size", std::to_string(checkpoint->size), std::to_string(leaves.size()));
  faults.expect("root", base64(checkpoint->root), base64(proof::root_of(leaves)));
  const bool has_signature = !seal.signatures.empty();
  if (has_signature != header.public_key.has_value() ||
      std::count(seal.signatures.begin(), seal.signatures.end(), '\n') != (has_signature ? 1 : 0)) {
    faults.add("signatures", header.public_key ? "one" : "none", seal.signatures);
  } else if (header.public_key &&
             !proof::is_signed_by(header.origin, base::from_base64(*header.public_key).value_or(""),
                                  seal.checkpoint, seal.signatures)) {
    faults.add("signature", "by the key " + *header.public_key, "not by it");
  }
}

/// A seal against itself, and against the one before it (null: it is the first).
void compare_itself(const StoredSeal& seal, const Header& header, const StoredSeal* before,
                    Faults& faults) {
  faults.expect("month", header.month, seal.month);
  faults.expect("zone", header.zone, seal.zone);
  faults.expect("as_of_ms", std::to_string(header.as_of_ms), std::to_string(seal.as_of_ms));
  faults.expect("known_seq", std::to_string(header.known_seq), std::to_string(seal.known_seq));
  faults.expect(
      "lines", std::to_string(2 + header.usage_lines + header.cost_lines + header.adjustment_lines),
      std::to_string(seal.lines.size()));
  faults.expect("seal_seq", std::to_string(before == nullptr ? 1 : before->seal_seq + 1),
                std::to_string(seal.seal_seq));
  faults.expect("previous_root", header.previous_root,
                before == nullptr ? std::nullopt : root_in(*before));
  compare_proof(seal, header, faults);
}

/// The first line of a seal, if it is one.
std::optional<Header> header_of(const StoredSeal& seal, Faults& faults) {
  if (!seal.damage.empty()) {
    faults.add("lines", "whole", seal.damage);
  }
  if (seal.lines.empty()) {
    return std::nullopt;
  }
  try {
    return read_header(seal.lines.front());
  } catch (const Error& error) {
    faults.add("line 0", seal.lines.front(), error.what());
    return std::nullopt;
  }
}

/// A line by what it is about: its members by their names.
using Members = std::map<std::string, std::string>;
struct Line {
  std::size_t number = 0;
  Members members;
};
using LinesByName = std::map<std::string, Line>;

/// What a line is about, such as `usage, app-1, 3, Tokyo`.
std::string name_of(const Members& members) {
  const auto kind = members.find("line");
  std::string name = kind == members.end() ? "" : kind->second;
  if (name != "seal" && name != "total") {
    for (const char* member : {"month", "app_id", "deployment_id", "region", "product", "unit",
                               "unit_price", "currency", "status"}) {
      if (const auto found = members.find(member); found != members.end()) {
        name += ", " + printable(found->second);
      }
    }
  }
  return name;
}

LinesByName by_name(const std::vector<std::string>& texts) {
  LinesByName lines;
  for (std::size_t number = 0; number < texts.size(); ++number) {
    Members members;
    for (const auto& [name, value] : decode::read_json(texts[number]).members) {
      members[name] = value.kind == decode::JsonTree::Kind::null ? "null" : value.text;
    }
    std::string name = name_of(members);
    while (lines.contains(name)) {
      name += '+';
    }
    lines[name] = {number, std::move(members)};
  }
  return lines;
}

std::optional<std::string> value_in(const Members* members, const std::string& name) {
  if (members == nullptr) {
    return std::nullopt;
  }
  const auto found = members->find(name);
  return found == members->end() ? std::nullopt : std::optional(found->second);
}

void compare_line(const std::string& place, const Members* sealed, const Members* found,
                  Faults& faults) {
  Members all = sealed == nullptr ? Members() : *sealed;
  if (found != nullptr) {
    all.insert(found->begin(), found->end());
  }
  if (sealed == nullptr || found == nullptr) {
    faults.add(place, sealed == nullptr ? std::nullopt : std::optional<std::string>("a line"),
               found == nullptr ? std::nullopt : std::optional<std::string>("a line"));
    return;
  }
  for (const auto& [name, value] : all) {
    faults.expect(place + ": " + name, value_in(sealed, name), value_in(found, name));
  }
}

void compare_lines(const std::vector<std::string>& sealed, const std::vector<std::string>& found,
                   Faults& faults) {
  if (sealed == found) {
    return;
  }
  const LinesByName was = by_name(sealed);
  LinesByName is = by_name(found);
  for (const auto& [name, line] : was) {
    const auto same = is.find(name);
    compare_line("line " + std::to_string(line.number) + " (" + name + ")", &line.members,
                 same == is.end() ? nullptr : &same->second.members, faults);
    if (same != is.end()) {
      is.erase(same);
    }
  }
  for (const auto& [name, line] : is) {
    compare_line('(' + name + ')', nullptr, &line.members, faults);
  }
}

/// Works the lines out again: from the observations, or from what is kept beside them when some
/// were moved to files.
void compare_figures(const std::vector<StoredSeal>& seals, std::size_t number, Header header,
                     SQLite::Database& db, Faults& faults) {
  const StoredSeal& seal = seals[number];
  try {
    Question window;
    window.tz = header.zone;
    set_window(window, {{}, {}, {}, header.month});
    header.from_ms = *window.from_ms;
    header.to_ms = *window.to_ms;
    const std::vector<StoredSeal> before(seals.begin(),
                                         seals.begin() + static_cast<std::ptrdiff_t>(number));
    const bool are_all_there = !store::Reader(db, std::nullopt).pruned().before_ms();
    const Moment moment{header.known_seq, header.as_of_ms, are_all_there};
    compare_lines(seal.lines, lines_at(header, before, moment, db), faults);
  } catch (const Error& error) {
    faults.add("figures", std::nullopt, error.what());
  }
}

}  // namespace

std::vector<SealFinding> verify(const std::vector<StoredSeal>& seals, std::size_t number,
                                const std::optional<std::string>& public_key,
                                SQLite::Database& db) {
  const StoredSeal& seal = seals.at(number);
  Faults faults(seal);
  if (const auto header = header_of(seal, faults)) {
    compare_itself(seal, *header, number == 0 ? nullptr : &seals[number - 1], faults);
    if (public_key &&
        !proof::is_signed_by(header->origin, *public_key, seal.checkpoint, seal.signatures)) {
      faults.add("signature", header->public_key ? "by the key " + *header->public_key : "none",
                 "not by the key that was given");
    }
    compare_figures(seals, number, *header, db, faults);
  }
  return faults.take();
}

store::Checked check_seals(SQLite::Database& db) {
  store::Checked checked;
  const std::vector<StoredSeal> seals = store::seals_as_kept(db);
  for (std::size_t number = 0; number < seals.size(); ++number) {
    Faults faults(seals[number]);
    if (const auto header = header_of(seals[number], faults)) {
      compare_itself(seals[number], *header, number == 0 ? nullptr : &seals[number - 1], faults);
    }
    checked.count += static_cast<std::int64_t>(seals[number].lines.size());
    const SealFinding first = faults.take().front();
    if (first.status == SealFinding::Status::differs && checked.first.empty()) {
      checked.first = "seal " + std::to_string(seals[number].seal_seq) + ": " +
                      first.place.value_or("") + " is " +
                      printable(first.found.value_or("nothing")) + ", sealed was " +
                      printable(first.sealed.value_or("nothing"));
    }
  }
  return checked;
}

}  // namespace fleetmeter::seal
