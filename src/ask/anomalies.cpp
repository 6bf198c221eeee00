
#include "ask/absence_flags.hpp"
#include "ask/answer.hpp"
#include "ask/evidence.hpp"
#include "ask/lifecycle_flags.hpp"
#include "ask/present.hpp"
#include "base/time_text.hpp"
#include "meter/billing.hpp"
#include "meter/egress.hpp"
#include "store/connection.hpp"

namespace fleetmeter::ask {

namespace {

std::string time_text(const model::Instant& at_ms) {
  return at_ms ? base::format_utc(*at_ms) : "never said";
}

std::string why(meter::BillingRule rule, const model::Life& life) {
  switch (rule) {
    case meter::BillingRule::inverted:
      return "ends " +
             time_text(life.stopping_at_ms ? life.stopping_at_ms : life.terminated_at_ms) +
             ", before it started " + time_text(life.started_at_ms);
    case meter::BillingRule::never_started:
      return "stopping " + time_text(life.stopping_at_ms) + ", terminated " +
             time_text(life.terminated_at_ms) + ", started never";
    case meter::BillingRule::starting:
      return "last seen " + base::format_utc(life.last_seen_ms) + ", not started";
    case meter::BillingRule::no_stop_order:
      return "terminated " + time_text(life.terminated_at_ms) +
             " without a stoppingAt; last alive " + time_text(life.last_alive_ms);
    case meter::BillingRule::running:
      return "no end is known; last seen " + base::format_utc(life.last_seen_ms) +
             ", within the grace of the as-of";
    case meter::BillingRule::orphan:
      return "no end is known; not seen since " + base::format_utc(life.last_seen_ms);
    case meter::BillingRule::gone:  // the list says it
    case meter::BillingRule::complete:
      break;
  }
  return "";
}

/// Collects the flags of one process after another. Where it is not given suspects, it looks at all
/// processes.
class Flagging {
 public:
  Flagging(store::Reader& reader, std::optional<store::Suspects> suspects,
           const ResolvedWindow& window)
      : reader_(reader),
        suspects_(std::move(suspects)),
        belief_(window.belief),
        window_(window.window) {}

  void look_at(const model::ProcessFacts& facts) {
    const meter::BillingRule rule = meter::billable_span(facts.life, belief_).rule;
    const bool is_long = is_long_life(facts.life, belief_);
    const std::optional<store::ProvingList> flicker = first_flicker(facts, reader_);
    if (rule == meter::BillingRule::complete && !is_long && !flicker && suspects_ &&
        !reader_.hindsight().is_of(facts.process_key) && !suspects_->holds(facts)) {
      return;
    }
    facts_ = &facts;
    evidence_ = reader_.evidence(facts.process_key);
    if (evidence_.empty()) {
      throw store::damaged("process " + reader_.process_id(facts.process_key) +
                           ": its observations, or what they refer to, are missing");
    }
    if (const auto list =
            rule == meter::BillingRule::gone ? list_without(facts, reader_) : std::nullopt) {
      flag_by_list(Flag::gone, *list, gone_text(facts.life, *list));
    } else if (rule != meter::BillingRule::complete) {
      flag(*meter::flag_of(rule), evidence_.back(), why(rule, facts.life));
    }
    if (flicker) {
      flag_by_list(Flag::flickered, *flicker, flicker_text(*flicker));
    }
    if (is_long) {
      flag(Flag::long_life, evidence_.back(), long_life_text(facts.life, belief_));
    }
    if (const auto ahead = first_ahead(evidence_)) {
      flag(Flag::ahead_of_snapshot, *ahead->said_by, ahead_text(*ahead));
    }
    look_for_changes();
    look_at_counter();
  }

  /// By process and flag.
  [[nodiscard]] std::vector<Anomaly> take() {
    std::stable_sort(found_.begin(), found_.end(), [](const Anomaly& a, const Anomaly& b) {
      return std::tie(a.process_id, a.flag) < std::tie(b.process_id, b.flag);
    });
    return std::move(found_);
  }

 private:
  void look_for_changes() {
    for (const Contradiction& one : identity_changes(evidence_, reader_)) {
      flag(Flag::identity_change, *one.said_by, one.text);
    }
    for (const Contradiction& one : restatements(evidence_)) {
      flag(Flag::restated, *one.said_by, one.text);
    }
  }

  void look_at_counter() {
    std::vector<model::Reading> readings;
    for (const store::Evidence& one : evidence_) {
      if (one.egressed_bytes) {
        readings.push_back({one.observed_at_ms, *one.egressed_bytes});
      }
    }
    if (readings.empty()) {
      flag(Flag::unmetered, evidence_.back(), "no snapshot said egressedBytes");
      return;
    }
    const meter::EgressCurve curve(readings, facts_->life, belief_);
    const meter::EgressFlags& found = curve.flags();
    if (found.wrap32) {
      flag(Flag::wrap32, first_where([](std::int64_t value, std::int64_t) { return value < 0; }),
           "a negative value is an int32 that wrapped: 4294967296 was added");
    }
    if (found.unknown_start) {
      flag(Flag::unknown_start, evidence_.front(),
           "the first value, " + std::to_string(curve.anchors().front().bytes) +
               " bytes, cannot be dated: no start lies before it");
    }
    if (found.stale_read || found.counter_break) {
      const auto& at =
          first_where([](std::int64_t value, std::int64_t highest) { return value < highest; });
      flag(found.counter_break ? Flag::counter_break : Flag::stale_read, at,
           found.counter_break ? "the counter's last value lies below an earlier one"
                               : "the counter dipped and recovered");
      if (found.counter_break && found.stale_read) {
        flag(Flag::stale_read, at, "the counter dipped and recovered");
      }
    }
    if (found.clamped32) {
      flag(Flag::clamped32, evidence_.back(), "the counter stands at 2147483647, an int32's end");
    }
    if (curve.in(window_).open) {
      flag(Flag::open, evidence_.back(),
           "nothing bounds what left after " + base::format_utc(curve.anchors().back().at_ms));
    }
  }

  /// The first observation for which `test(value, highest)` holds: its repaired value, and the
  /// highest one before it.
  template <class Test>
  const store::Evidence& first_where(Test&& test) const {
    std::int64_t highest = 0;
    for (const store::Evidence& one : evidence_) {
      if (!one.egressed_bytes) {
        continue;
      }
      const std::int64_t value = *one.egressed_bytes;
      const std::int64_t repaired = value < 0 ? value + 4294967296 : value;
      if (test(value, highest) && (value < 0 || repaired < highest)) {
        return one;
      }
      highest = std::max(highest, repaired);
    }
    return evidence_.back();
  }

  void flag(Flag flag, const store::Evidence& at, const std::string& evidence) {
    add(flag, at.observed_at_ms, evidence, provenance_of(at));
  }

  void flag_by_list(Flag flag, const store::ProvingList& list, const std::string& evidence) {
    add(flag, list.observed_at_ms, evidence, provenance_of(list.snapshot_seq, reader_));
  }

  void add(Flag flag, std::int64_t observed_at_ms, const std::string& evidence, Provenance from) {
    found_.push_back({.process_id = reader_.process_id(facts_->process_key),
                      .flag = flag,
                      .app_id = reader_.label(facts_->app_key),
                      .deployment_id = reader_.label(facts_->deployment_key),
                      .region = reader_.label(facts_->region_key),
                      .observed_at_ms = observed_at_ms,
                      .evidence = evidence,
                      .from = std::move(from)});
  }

  store::Reader& reader_;
  std::optional<store::Suspects> suspects_;
  const meter::Belief& belief_;
  const meter::Window& window_;
  std::vector<Anomaly> found_;
  const model::ProcessFacts* facts_ = nullptr;
  std::vector<store::Evidence> evidence_;
};

bool overlaps(const model::Life& life, const meter::Belief& belief, const meter::Window& window) {
  std::int64_t from_ms =
      std::min(life.first_seen_ms, life.started_at_ms.value_or(life.first_seen_ms));
  from_ms = std::min(from_ms, life.starting_at_ms.value_or(from_ms));
  from_ms = std::min(from_ms, life.terminated_at_ms.value_or(from_ms));
  const std::int64_t to_ms = std::max(life.last_seen_ms, meter::death_bound(life, belief));
  return from_ms < window.to_ms && to_ms >= window.from_ms;
}

}  // namespace

std::vector<Anomaly> anomalies(const Question& question, store::Reader& reader) {
  const ResolvedWindow window = resolve(question, reader.span());
  Filter filter(question, reader);
  Flagging flagging(reader, question.scan ? std::nullopt : std::optional(reader.suspects()),
                    window);
  // Without an end, what was seen at the as-of itself belongs to the question: all that is known of
  // a process may lie there, or after it.
  ResolvedWindow seen = window;
  seen.window.to_ms += question.to_ms ? 0 : 1;
  each_present(question, seen, reader,
               [&](const model::ProcessFacts& facts, const store::RolledProcess*) {
                 if (overlaps(facts.life, seen.belief, seen.window) && filter.passes(facts)) {
                   flagging.look_at(facts);
                 }
               });
  return flagging.take();
}

}  // namespace fleetmeter::ask
