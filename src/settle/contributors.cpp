#include "settle/contributors.hpp"

#include <algorithm>

#include "ask/answer.hpp"
#include "ask/meters.hpp"
#include "ask/window.hpp"
#include "fleetmeter/text.hpp"
#include "rate/charge.hpp"
#include "rate/rater.hpp"
#include "rate/rounded_time.hpp"

namespace fleetmeter::settle {

namespace {

constexpr std::size_t kMost = 10;  // of each product

/// One process and how much of the bill hangs on it.
struct Contributor {
  std::string process_id;  ///< "" until it is asked
  model::ProcessFacts facts;
  std::string flag;
  Bounded<Int128> metered;  ///< vCPU-milliseconds of the book's scale, or bytes
  Int128 at_stake = 0;
  std::size_t rate_no = 0;
  bool open = false;
};

/// Keeps the first few of many.
class Foremost {
 public:
  explicit Foremost(store::Reader& reader) : reader_(reader) {}

  void add(const Contributor& one) {
    kept_.push_back(one);
    if (kept_.size() >= 64 * kMost) {
      cut();
    }
  }
  /// With their ids.
  [[nodiscard]] std::vector<Contributor> take() {
    cut();
    for (Contributor& one : kept_) {
      id_of(one);
    }
    return std::move(kept_);
  }

 private:
  void cut() {
    std::sort(kept_.begin(), kept_.end(),
              [this](Contributor& a, Contributor& b) { return before(a, b); });
    kept_.resize(std::min(kept_.size(), kMost));
  }

  bool before(Contributor& a, Contributor& b) {
    if (a.open != b.open) {
      return a.open;
    }
    if (a.at_stake != b.at_stake) {
      return a.at_stake > b.at_stake;
    }
    if (a.metered.point != b.metered.point) {
      return a.metered.point > b.metered.point;
    }
    return &a != &b && id_of(a) < id_of(b);
  }

  const std::string& id_of(Contributor& one) {
    if (one.process_id.empty()) {
      one.process_id = reader_.process_id(one.facts.process_key);
    }
    return one.process_id;
  }

  store::Reader& reader_;
  std::vector<Contributor> kept_;
};

Bounded<Int128> times(const Bounded<std::int64_t>& time, Int128 factor) {
  return {base::multiply(time.point, factor), base::multiply(time.lo, factor),
          base::multiply(time.hi, factor)};
}

/// What decides the price of a process in a window: that it has none at some time, else the first.
const rate::Priced& worst_price(const meter::BillableSpan& span,
                                const std::vector<rate::PricedTime>& times,
                                const meter::Window& window, const model::Policy& policy) {
  const rate::Priced* first = nullptr;
  for (const rate::PricedTime& time : times) {
    const bool counts = rate::RoundedTime(span, time.when, policy).may_run_in(window);
    if (counts && time.priced.status != rate::Priced::Status::rated) {
      return time.priced;
    }
    first = counts && first == nullptr ? &time.priced : first;
  }
  return first == nullptr ? times.front().priced : *first;
}

std::vector<Contributor> of_compute(const Question& question, const meter::Window& window,
                                    const Terms& terms, store::Reader& reader) {
  const ask::ResolvedWindow resolved = ask::resolve(question, reader.span());
  Foremost foremost(reader);
  rate::Prices prices(terms.book, model::Product::compute, window);
  const store::Reader::Asked asked{window.from_ms, resolved.belief};
  reader.each_process(question.scan, asked, [&](const model::ProcessFacts& facts) {
    const auto span = rate::charged_span(facts.life, terms.policy, resolved.belief);
    const Bounded<std::int64_t> time = meter::billable_in(span, window);
    if (time.hi == 0) {
      return;
    }
    const rate::Scope scope{reader.label(facts.app_key), reader.label(facts.deployment_key),
                            reader.label(facts.region_key), reader.label(facts.hosting_key)};
    const rate::Priced& priced = worst_price(span, prices.of(scope), window, terms.policy);
    const Int128 factor = base::multiply(priced.vcpus.digits(),
                                         power_of_ten(terms.book.scale() - priced.vcpus.scale()));
    Contributor one;
    one.facts = facts;
    const auto flag = meter::flag_of(span.rule);
    one.flag = flag ? flag_name(*flag) : "";
    one.metered = times(time, factor);
    one.at_stake = one.metered.hi - one.metered.lo;
    one.rate_no = priced.rate_no;
    one.open = priced.status != rate::Priced::Status::rated;  // its price is not known: first
    one.flag = one.open ? "no price" : one.flag;
    foremost.add(one);
  });
  return foremost.take();
}

std::vector<Contributor> of_egress(const Question& question, store::Reader& reader) {
  Foremost foremost(reader);
  ask::each_metered(
      question, reader,
      [&](const model::ProcessFacts& facts, const Bounded<std::int64_t>&, const EgressRow& row) {
        if (is_zero(row)) {
          return;
        }
        Contributor one;
        one.facts = facts;
        one.metered = row.egress_bytes;
        one.at_stake = one.metered.hi - one.metered.lo;
        one.open = row.open_processes > 0;
        one.flag = one.open                      ? flag_name(Flag::open)
                   : row.unmetered_processes > 0 ? flag_name(Flag::unmetered)
                                                 : "";
        foremost.add(one);
      });
  return foremost.take();
}

}  // namespace

std::vector<ReconciliationContributor> contributors(const Question& question,
                                                    const std::string& month,
                                                    const meter::Window& window, const Terms& terms,
                                                    store::Reader& reader) {
  Question in_month = question;
  in_month.from_ms = window.from_ms;
  in_month.to_ms = window.to_ms;
  const std::string zone = terms.policy.zone == "UTC" ? "" : " --tz " + terms.policy.zone;
  std::vector<ReconciliationContributor> all;
  const auto add = [&](const char* product, const Contributor& one, int scale, const char* unit) {
    const auto exact = [&](Int128 value) { return trimmed({value, scale}); };
    all.push_back(
        {.product = product,
         .process_id = one.process_id,
         .app_id = reader.label(one.facts.app_key),
         .deployment_id = reader.label(one.facts.deployment_key),
         .region = reader.label(one.facts.region_key),
         .flag = one.flag,
         .metered = {exact(one.metered.point), exact(one.metered.lo), exact(one.metered.hi)},
         .metered_unit = unit,
         .command =
             "fleetmeter explain --month " + month + zone + ' ' + shell_word(one.process_id)});
  };
  for (const Contributor& one : of_compute(in_month, window, terms, reader)) {
    const bool by_vcpu =
        !one.open && terms.book.card().rates[one.rate_no].unit == model::RateUnit::vcpu_hour;
    add("compute", one, terms.book.scale(), by_vcpu ? "vcpu_ms" : "ms");
  }
  for (const Contributor& one : of_egress(in_month, reader)) {
    add("egress", one, 0, "bytes");
  }
  return all;
}

}  // namespace fleetmeter::settle
