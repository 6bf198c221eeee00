#include <algorithm>
#include <set>

#include "ask/absence_flags.hpp"
#include "ask/evidence.hpp"
#include "ask/lifecycle_flags.hpp"
#include "ask/window.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"
#include "meter/billing.hpp"
#include "meter/egress.hpp"

namespace fleetmeter::ask {

namespace {

/// What each rule of the table of ends says, for people.
const char* rule_text(meter::BillingRule rule) {
  switch (rule) {
    case meter::BillingRule::complete:
      return "startedAt to stoppingAt, both known";
    case meter::BillingRule::inverted:
      return "it ends before it starts: nothing is billable";
    case meter::BillingRule::never_started:
      return "it ended without a startedAt: nothing is billable";
    case meter::BillingRule::starting:
      return "no startedAt yet: nothing is billable, at most its longest life from its last sight "
             "on";
    case meter::BillingRule::no_stop_order:
      return "terminatedAt stands in for stoppingAt; at the least, until it was last seen alive";
    case meter::BillingRule::gone:
      return "gone: until the middle between its last sight and the first list that ought to hold "
             "it "
             "and does not, at most the grace after the former";
    case meter::BillingRule::running:
      return "seen within the grace of the as-of: it is taken to run until then";
    case meter::BillingRule::orphan:
      return "lost from sight: until it was last seen; at most its longest life";
  }
  return "";
}

/// Writes the evidence of one process, a piece a row.
class Explaining {
 public:
  Explaining(const model::ProcessFacts& facts, std::vector<store::Evidence> evidence,
             const ResolvedWindow& window, store::Reader& reader)
      : facts_(facts), evidence_(std::move(evidence)), window_(window), reader_(reader) {}

  std::vector<EvidencePiece> explain(const std::string& process_id) {
    add(Section::process, "process_id").note = process_id;
    add(Section::process, "app_id").note = reader_.label(facts_.app_key);
    add(Section::process, "deployment_id").note = reader_.label(facts_.deployment_key);
    add(Section::process, "region").note = reader_.label(facts_.region_key);
    add_span(Section::window, "window", window_.window);
    add(Section::window, "as_of").at_ms = window_.belief.as_of_ms;
    timestamps();
    billable();
    lifecycle_flags();
    egress();
    snapshots();
    return std::move(pieces_);
  }

 private:
  using Section = EvidencePiece::Section;

  EvidencePiece& add(Section section, const std::string& name,
                     const store::Evidence* from = nullptr) {
    EvidencePiece& piece = pieces_.emplace_back();
    piece.section = section;
    piece.name = name;
    if (from != nullptr) {
      piece.from = provenance_of(*from);
    }
    return piece;
  }

  EvidencePiece& add_span(Section section, const std::string& name, const meter::Window& window) {
    EvidencePiece& piece = add(section, name);
    piece.at_ms = window.from_ms;
    piece.to_ms = window.to_ms;
    return piece;
  }

  EvidencePiece& add_by_list(Section section, const std::string& name,
                             const store::ProvingList& list) {
    EvidencePiece& piece = add(section, name);
    piece.at_ms = list.observed_at_ms;
    piece.from = provenance_of(list.snapshot_seq, reader_);
    return piece;
  }

  static void put(const Bounded<std::int64_t>& value, EvidencePiece& piece) {
    piece.value = value.point;
    piece.value_lo = value.lo;
    piece.value_hi = value.hi;
  }

  void add_flag(Flag flag, const std::string& why) {
    add(Section::flag, flag_name(flag)).note = why;
  }

  void timestamp(const char* name, model::Instant store::Evidence::*field) {
    for (auto one = evidence_.rbegin(); one != evidence_.rend(); ++one) {
      if ((*one).*field) {
        EvidencePiece& piece = add(Section::timestamp, name, &*one);
        piece.at_ms = (*one).*field;
        piece.note = "last said by the snapshot of " + base::format_utc(one->observed_at_ms);
        return;
      }
    }
    add(Section::timestamp, name).note = "no snapshot says it";
  }

  void timestamps() {
    timestamp("startingAt", &store::Evidence::starting_at_ms);
    timestamp("startedAt", &store::Evidence::started_at_ms);
    timestamp("stoppingAt", &store::Evidence::stopping_at_ms);
    timestamp("terminatedAt", &store::Evidence::terminated_at_ms);
    add(Section::timestamp, "first_seen", &evidence_.front()).at_ms = facts_.life.first_seen_ms;
    add(Section::timestamp, "last_seen", &evidence_.back()).at_ms = facts_.life.last_seen_ms;
  }

  void billable() {
    const meter::BillableSpan span = meter::billable_span(facts_.life, window_.belief);
    EvidencePiece& piece = add(Section::billable, "billable_ms");
    put(meter::billable_in(span, window_.window), piece);
    piece.note = rule_text(span.rule);
    bound("point", span.windows.point);
    bound("lo", span.windows.lo);
    bound("hi", span.windows.hi);
    if (const auto list =
            span.rule == meter::BillingRule::gone ? list_without(facts_, reader_) : std::nullopt) {
      add_by_list(Section::billable, "list_without_it", *list).note =
          "the first running list that ought to hold it and does not";
      add_by_list(Section::flag, flag_name(Flag::gone), *list).note = gone_text(facts_.life, *list);
    } else if (const auto flag = meter::flag_of(span.rule)) {
      add_flag(*flag, rule_text(span.rule));
    }
  }

  void bound(const char* name, const meter::Window& window) {
    if (window.to_ms > window.from_ms) {
      add_span(Section::billable, name, window).value = window.to_ms - window.from_ms;
    }
  }

  void lifecycle_flags() {
    std::vector<std::int64_t> instants;
    for (const store::Evidence& one : evidence_) {
      instants.push_back(one.observed_at_ms);
    }
    if (const auto list = first_flicker(facts_, instants, reader_)) {
      add_by_list(Section::flag, flag_name(Flag::flickered), *list).note = flicker_text(*list);
    }
    if (is_long_life(facts_.life, window_.belief)) {
      add_flag(Flag::long_life, long_life_text(facts_.life, window_.belief));
    }
    if (const auto ahead = first_ahead(evidence_)) {
      EvidencePiece& piece = add(Section::flag, flag_name(Flag::ahead_of_snapshot), ahead->said_by);
      piece.at_ms = ahead->at_ms;
      piece.note = ahead_text(*ahead);
    }
    contradictions(Flag::identity_change, identity_changes(evidence_, reader_));
    contradictions(Flag::restated, restatements(evidence_));
  }

  void contradictions(Flag flag, const std::vector<Contradiction>& found) {
    for (const Contradiction& one : found) {
      EvidencePiece& piece = add(Section::flag, flag_name(flag), one.said_by);
      piece.at_ms = one.said_by->observed_at_ms;
      piece.note = one.text;
    }
  }

  void egress() {
    std::vector<model::Reading> readings;
    for (const store::Evidence& one : evidence_) {
      if (one.egressed_bytes) {
        readings.push_back({one.observed_at_ms, *one.egressed_bytes});
      }
    }
    const meter::EgressCurve curve(readings, facts_.life, window_.belief);
    if (!curve.metered()) {
      const bool counts = meter::unmetered_in(facts_.life, window_.belief, window_.window);
      add_flag(Flag::unmetered,
               counts ? "no snapshot says egressedBytes: its egress in this window is unknown"
                      : "no snapshot says egressedBytes; it was not alive in this window");
      return;
    }
    const meter::EgressBytes sent =
        window_.cells.empty() ? meter::EgressBytes{} : curve.in(window_.window);
    EvidencePiece& piece = add(Section::egress, "egress_bytes");
    put(sent.bytes, piece);
    piece.note =
        sent.open ? "open: hi holds only what was seen" : "closed: hi is a true upper bound";
    anchors(curve);
    segments(curve);
    flags(curve, sent.open);
  }

  void anchors(const meter::EgressCurve& curve) {
    if (curve.zero_ms()) {
      EvidencePiece& piece = add(Section::anchor, "zero");
      piece.at_ms = curve.zero_ms();
      piece.value = 0;
      piece.note = curve.zero_ms() == facts_.life.started_at_ms ? "the counter was 0 at startedAt"
                                                                : "the counter was 0 at startingAt";
    }
    for (const store::Evidence& one : evidence_) {
      if (one.egressed_bytes) {
        anchor(one, *one.egressed_bytes, curve);
      }
    }
  }

  void anchor(const store::Evidence& read, std::int64_t raw, const meter::EgressCurve& curve) {
    const std::int64_t repaired = meter::repaired(raw);
    const meter::Instant end = facts_.life.terminated_at_ms;
    const bool moved = curve.flags().late_final && end && read.observed_at_ms > *end;
    const std::int64_t at_ms = moved ? *end : read.observed_at_ms;
    const std::int64_t clean = curve.at(at_ms).lo;
    std::string note = "read";
    note += raw < 0 ? " as " + std::to_string(raw) + ", a wrapped int32" : "";
    note += moved ? "; made after terminatedAt, counts as made then" : "";
    note += repaired < clean ? "; " + std::to_string(repaired) +
                                   " lies below what was already read, which is kept"
                             : "";
    EvidencePiece& piece = add(Section::anchor, "reading", &read);
    piece.at_ms = at_ms;
    piece.value = clean;
    piece.note = note;
  }

  /// The parts of the curve in the window; their points sum to what was sent in it.
  void segments(const meter::EgressCurve& curve) {
    if (!curve.zero_ms()) {
      step(curve);
    }
    std::vector<std::int64_t> at;
    if (curve.zero_ms()) {
      at.push_back(*curve.zero_ms());
    }
    for (const meter::Reading& anchor : curve.anchors()) {
      at.push_back(anchor.at_ms);
    }
    for (std::size_t i = 0; i + 1 < at.size(); ++i) {
      const meter::Window part{std::max(at[i], window_.window.from_ms),
                               std::min(at[i + 1], window_.window.to_ms)};
      if (part.from_ms < part.to_ms) {
        put(curve.in(part).bytes, add_span(Section::segment, "between anchors", part));
      }
    }
  }

  /// The first reading of a curve without a zero: all of it counts at once, before that instant.
  void step(const meter::EgressCurve& curve) {
    const std::int64_t at_ms = curve.anchors().front().at_ms;
    const meter::Window before{at_ms - 1, at_ms};
    const meter::Window& asked = window_.window;
    if (curve.anchors().front().bytes > 0 && asked.from_ms < at_ms && at_ms <= asked.to_ms) {
      put(curve.in(before).bytes, add_span(Section::segment, "step at the first reading", before));
    }
  }

  void flags(const meter::EgressCurve& curve, bool is_open) {
    const meter::EgressFlags& found = curve.flags();
    const auto flag = [&](bool set, Flag name, const char* reason) {
      if (set) {
        add_flag(name, reason);
      }
    };
    flag(found.wrap32, Flag::wrap32, "a negative value is an int32 that wrapped: 2^32 was added");
    flag(found.unknown_start, Flag::unknown_start,
         "no start lies before the first reading: its value is a step that cannot be dated");
    flag(found.stale_read, Flag::stale_read,
         "the counter dipped and recovered: the maximum is kept");
    flag(found.counter_break, Flag::counter_break,
         "the last value lies below the maximum: point and lo keep it, hi is open");
    flag(found.clamped32, Flag::clamped32, "flat at 2147483647, an int32's end: hi is open");
    flag(is_open, Flag::open, "nothing bounds what left after the last reading");
  }

  void snapshots() {
    std::set<std::int64_t> seen;
    for (const store::Evidence& one : evidence_) {
      if (seen.insert(one.snapshot_seq).second) {
        add(Section::snapshot, one.origin, &one).at_ms = one.observed_at_ms;
      }
    }
  }

  const model::ProcessFacts& facts_;
  std::vector<store::Evidence> evidence_;
  const ResolvedWindow& window_;
  store::Reader& reader_;
  std::vector<EvidencePiece> pieces_;
};

}  // namespace

std::vector<EvidencePiece> explain(const std::string& process_id, const Question& question,
                                   store::Reader& reader) {
  const auto process_key = reader.process_key(process_id);
  const ResolvedWindow window = resolve(question, reader.span());
  std::vector<store::Evidence> evidence;
  if (process_key) {
    evidence = reader.evidence(*process_key);
  }
  if (evidence.empty()) {
    throw Error(ErrorKind::no_input, "explain: no observation of this process is in the store (" +
                                         base::printable(process_id) + ")");
  }
  model::ProcessFacts facts = store::facts_of(*process_key, evidence);
  if (const auto list = reader.first_without(facts.life, reader.places_of(*process_key))) {
    facts.life.gone_ms = list->observed_at_ms;
  }
  return Explaining(facts, std::move(evidence), window, reader).explain(process_id);
}

}  // namespace fleetmeter::ask
