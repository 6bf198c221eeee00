#include "ask/shares.hpp"

#include <algorithm>
#include <tuple>

#include "ask/answer.hpp"
#include "ask/meters.hpp"
#include "ask/present.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "meter/billing.hpp"

namespace fleetmeter::ask {

namespace {

void expect_one_row(const Question& question) {
  if (!question.by.empty()) {
    throw Error(ErrorKind::usage, "explain: a row is chosen by its window and filters; leave out " +
                                      spelled(Term::by));
  }
}

template <class Share>
void put_names(const model::ProcessFacts& facts, store::Reader& reader, Share& share) {
  share.process_id = reader.process_id(facts.process_key);
  share.app_id = reader.label(facts.app_key);
  share.deployment_id = reader.label(facts.deployment_key);
  share.region = reader.label(facts.region_key);
}

/// The largest first, by what they add at most where they add the same; then by their names.
template <class Share, class Value>
void put_in_order(std::vector<Share>& shares, Value&& value) {
  std::sort(shares.begin(), shares.end(), [&](const Share& a, const Share& b) {
    const auto& [a_value, b_value] = std::tie(value(a), value(b));
    return std::tie(b_value.point, b_value.hi, a.process_id) <
           std::tie(a_value.point, a_value.hi, b.process_id);
  });
}

Bounded<Int128> wide(const Bounded<std::int64_t>& value) {
  return {value.point, value.lo, value.hi};
}

std::string rule_name(meter::BillingRule rule) {
  const auto flag = meter::flag_of(rule);
  return flag ? flag_name(*flag) : "complete";
}

}  // namespace

std::vector<BillingShare> billing_shares(const Question& question, store::Reader& reader) {
  expect_one_row(question);
  const ResolvedWindow window = resolve(question, reader.span());
  Filter filter(question, reader);
  std::vector<BillingShare> shares;
  each_present(question, window, reader,
               [&](const model::ProcessFacts& facts, const store::RolledProcess*) {
                 const meter::BillableSpan span = meter::billable_span(facts.life, window.belief);
                 const Bounded<std::int64_t> time = meter::billable_in(span, window.window);
                 if (time.hi == 0 || !filter.passes(facts)) {
                   return;
                 }
                 BillingShare& share = shares.emplace_back();
                 put_names(facts, reader, share);
                 share.rule = rule_name(span.rule);
                 share.billable_ms = wide(time);
                 if (time.point > 0) {
                   share.from_ms = std::max(span.windows.point.from_ms, window.window.from_ms);
                   share.to_ms = std::min(span.windows.point.to_ms, window.window.to_ms);
                 }
               });
  put_in_order(
      shares, [](const BillingShare& share) -> auto& { return share.billable_ms; });
  return shares;
}

std::vector<EgressShare> egress_shares(const Question& question, store::Reader& reader) {
  expect_one_row(question);
  std::vector<EgressShare> shares;
  each_metered(
      question, reader,
      [&](const model::ProcessFacts& facts, const Bounded<std::int64_t>&, const EgressRow& sent) {
        if (is_zero(sent)) {
          return;
        }
        EgressShare& share = shares.emplace_back();
        put_names(facts, reader, share);
        share.first_seen_ms = facts.life.first_seen_ms;
        share.last_seen_ms = facts.life.last_seen_ms;
        share.egress_bytes = sent.egress_bytes;
        share.is_open = sent.open_processes != 0;
        share.is_unmetered = sent.unmetered_processes != 0;
      });
  put_in_order(
      shares, [](const EgressShare& share) -> auto& { return share.egress_bytes; });
  return shares;
}

}  // namespace fleetmeter::ask
