#include <algorithm>
#include <set>

#include "ask/evidence.hpp"
#include "ask/lifecycle_flags.hpp"
#include "ask/window.hpp"
#include "base/sha256.hpp"
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
      return "no startedAt yet: nothing is billable, at most from its last sight to the as-of";
    case meter::BillingRule::no_stop_order:
      return "terminatedAt stands in for stoppingAt; at the least, until it was last seen alive";
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
      : facts_(facts), evidence_(std::move(evidence)), window_(window), reader_(reader) {
    table_.names = {"section",     "name",        "at_ms", "to_ms",        "value",
                    "value_lo",    "value_hi",    "note",  "snapshot_seq", "source",
                    "byte_offset", "byte_length", "sha256"};
  }

  Table explain(const std::string& process_id) {
    text("process", "process_id", process_id);
    text("process", "app_id", reader_.label(facts_.app_key));
    text("process", "deployment_id", reader_.label(facts_.deployment_key));
    text("process", "region", reader_.label(facts_.region_key));
    add({"window", "window", window_.window.from_ms, window_.window.to_ms});
    add({"window", "as_of", window_.belief.as_of_ms});
    timestamps();
    billable();
    lifecycle_flags();
    egress();
    snapshots();
    return std::move(table_);
  }

 private:
  void add(std::vector<Cell> cells, const store::Evidence* at = nullptr) {
    cells.resize(8, nullptr);
    if (at == nullptr) {
      cells.resize(table_.names.size(), nullptr);
    } else {
      cells.insert(cells.end(), {Cell(at->snapshot_seq), Cell(at->source), Cell(at->byte_offset),
                                 Cell(at->byte_length), Cell(base::to_hex(at->sha256))});
    }
    table_.rows.push_back(std::move(cells));
  }

  void text(const char* section, const char* name, const std::string& value) {
    add({section, name, nullptr, nullptr, nullptr, nullptr, nullptr, value});
  }

  void timestamp(const char* name, model::Instant store::Evidence::*field) {
    for (auto one = evidence_.rbegin(); one != evidence_.rend(); ++one) {
      if ((*one).*field) {
        add({"timestamp", name, *((*one).*field), nullptr, nullptr, nullptr, nullptr,
             "last said by the snapshot of " + base::format_utc(one->observed_at_ms)},
            &*one);
        return;
      }
    }
    text("timestamp", name, "no snapshot says it");
  }

  void timestamps() {
    timestamp("startingAt", &store::Evidence::starting_at_ms);
    timestamp("startedAt", &store::Evidence::started_at_ms);
    timestamp("stoppingAt", &store::Evidence::stopping_at_ms);
    timestamp("terminatedAt", &store::Evidence::terminated_at_ms);
    add({"timestamp", "first_seen", facts_.life.first_seen_ms}, &evidence_.front());
    add({"timestamp", "last_seen", facts_.life.last_seen_ms}, &evidence_.back());
  }

  void billable() {
    const meter::BillableSpan span = meter::billable_span(facts_.life, window_.belief);
    const meter::BillableTime time = meter::billable_in(span, window_.window);
    const std::string flag = meter::flag_name(span.rule);
    add({"billable", "billable_ms", nullptr, nullptr, time.point_ms, time.lo_ms, time.hi_ms,
         rule_text(span.rule)});
    bound("point", span.point);
    bound("lo", span.lo);
    bound("hi", span.hi);
    if (!flag.empty()) {
      add({"flag", flag, nullptr, nullptr, nullptr, nullptr, nullptr, rule_text(span.rule)});
    }
  }

  void lifecycle_flags() {
    if (is_long_life(facts_.life, window_.belief)) {
      text("flag", "long_life", long_life_text(facts_.life, window_.belief));
    }
    if (const auto ahead = first_ahead(evidence_)) {
      add({"flag", "ahead_of_snapshot", ahead->at_ms, nullptr, nullptr, nullptr, nullptr,
           ahead_text(*ahead)},
          ahead->said_by);
    }
  }

  void bound(const char* name, const meter::Window& window) {
    if (window.to_ms > window.from_ms) {
      add({"billable", std::string(name), window.from_ms, window.to_ms,
           window.to_ms - window.from_ms});
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
      add({"flag", "unmetered", nullptr, nullptr, nullptr, nullptr, nullptr,
           counts ? "no snapshot says egressedBytes: its egress in this window is unknown"
                  : "no snapshot says egressedBytes; it was not alive in this window"});
      return;
    }
    const meter::EgressBytes bytes =
        window_.cells.empty() ? meter::EgressBytes{} : curve.in(window_.window);
    add({"egress", "egress_bytes", nullptr, nullptr, bytes.point, bytes.lo, bytes.hi,
         bytes.open ? "open: hi holds only what was seen" : "closed: hi is a true upper bound"});
    anchors(curve);
    segments(curve);
    flags(curve);
  }

  void anchors(const meter::EgressCurve& curve) {
    if (curve.zero_ms()) {
      const bool is_start = curve.zero_ms() == facts_.life.started_at_ms;
      add({"anchor", "zero", *curve.zero_ms(), nullptr, std::int64_t{0}, nullptr, nullptr,
           is_start ? "the counter was 0 at startedAt" : "the counter was 0 at startingAt"});
    }
    for (const store::Evidence& one : evidence_) {
      if (!one.egressed_bytes) {
        continue;
      }
      const std::int64_t raw = *one.egressed_bytes;
      const std::int64_t repaired = raw < 0 ? raw + 4294967296 : raw;
      const meter::Instant end = facts_.life.terminated_at_ms;
      const bool moved = curve.flags().late_final && end && one.observed_at_ms > *end;
      const std::int64_t at_ms = moved ? *end : one.observed_at_ms;
      const std::int64_t clean = curve.at(at_ms).lower;
      std::string note = "read";
      note += raw < 0 ? " as " + std::to_string(raw) + ", a wrapped int32" : "";
      note += moved ? "; made after terminatedAt, counts as made then" : "";
      note += repaired < clean ? "; " + std::to_string(repaired) +
                                     " lies below what was already read, which is kept"
                               : "";
      add({"anchor", "reading", at_ms, nullptr, clean, nullptr, nullptr, note}, &one);
    }
  }

  void segments(const meter::EgressCurve& curve) {
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
        const meter::EgressBytes bytes = curve.in(part);
        add({"segment", "between anchors", part.from_ms, part.to_ms, bytes.point, bytes.lo,
             bytes.hi});
      }
    }
  }

  void flags(const meter::EgressCurve& curve) {
    const meter::EgressFlags& found = curve.flags();
    const auto flag = [&](bool set, const char* name, const char* reason) {
      if (set) {
        add({"flag", name, nullptr, nullptr, nullptr, nullptr, nullptr, reason});
      }
    };
    flag(found.wrap32, "wrap32", "a negative value is an int32 that wrapped: 2^32 was added");
    flag(found.unknown_start, "unknown_start",
         "no start lies before the first reading: its value is a step that cannot be dated");
    flag(found.stale_read, "stale_read", "the counter dipped and recovered: the maximum is kept");
    flag(found.counter_break, "counter_break",
         "the last value lies below the maximum: point and lo keep it, hi is open");
    flag(found.clamped32, "clamped32", "flat at 2147483647, an int32's end: hi is open");
    flag(curve.open_ended(), "open", "nothing bounds what left after the last reading");
  }

  void snapshots() {
    std::set<std::int64_t> seen;
    for (const store::Evidence& one : evidence_) {
      if (seen.insert(one.snapshot_seq).second) {
        add({"snapshot", one.origin, one.observed_at_ms}, &one);
      }
    }
  }

  const model::ProcessFacts& facts_;
  std::vector<store::Evidence> evidence_;
  const ResolvedWindow& window_;
  store::Reader& reader_;
  Table table_;
};

}  // namespace

Table explain(const std::string& process_id, const Question& question, store::Reader& reader) {
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
  const model::ProcessFacts facts = store::facts_of(*process_key, evidence);
  return Explaining(facts, std::move(evidence), window, reader).explain(process_id);
}

}  // namespace fleetmeter::ask
