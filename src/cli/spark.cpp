#include "cli/spark.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace fleetmeter::cli {

namespace {

constexpr std::int64_t kParts = 24;
constexpr std::array<const char*, 8> kBlocks{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

Int128 value_of(const BillingRow& row) {
  return row.billable_ms.point;
}
Int128 value_of(const EgressRow& row) {
  return row.egress_bytes.point;
}

template <class Asked>
std::vector<BillingRow> ask(const Asked& store, const Question& question, const BillingRow&) {
  return store.billing(question);
}
template <class Asked>
std::vector<EgressRow> ask(const Asked& store, const Question& question, const EgressRow&) {
  return store.egress(question);
}

Stores::Observed observed(const Store& store, const Question& question) {
  const StoreStatus status = store.status(Store::Gaps::left_out, question);
  return {status.first_observed_at_ms, status.last_observed_at_ms};
}
Stores::Observed observed(const Stores& stores, const Question& /*question*/) {
  return stores.observed();
}

/// The question with its window made definite: from the first to the last snapshot.
template <class Asked>
Question definite(const Asked& store, Question question) {
  const Stores::Observed seen = observed(store, question);
  const auto last_ms = question.as_of_ms ? question.as_of_ms : seen.last_ms;
  question.from_ms = question.from_ms ? question.from_ms : seen.first_ms;
  question.to_ms = std::min(question.to_ms.value_or(last_ms.value_or(0)), last_ms.value_or(0));
  return question;
}

std::string line_of(const std::vector<Int128>& values) {
  const Int128 most = *std::max_element(values.begin(), values.end());
  std::string line;
  for (const Int128 value : values) {
    const auto step = most > 0 ? static_cast<std::size_t>(value * 7 / most) : 0;
    line += value > 0 ? kBlocks[std::min<std::size_t>(step, 7)] : " ";
  }
  return line;
}

template <class Asked, class Row>
std::vector<std::string> lines_of(const Asked& store, const Question& question,
                                  const std::vector<Row>& rows) {
  if (std::any_of(question.by.begin(), question.by.end(), [](GroupBy by) {
        return by == GroupBy::month || by == GroupBy::day || by == GroupBy::hour;
      })) {
    throw Error(ErrorKind::usage,
                "--spark: a row of one time has no course; leave month, day and "
                "hour out of --by");
  }
  const Question whole = definite(store, question);
  std::map<std::vector<std::string>, std::vector<Int128>> courses;
  for (std::int64_t part = 0; part < kParts; ++part) {
    const std::int64_t from_ms = *whole.from_ms;
    const std::int64_t length_ms = *whole.to_ms - from_ms;
    Question one = whole;
    one.from_ms = from_ms + length_ms / kParts * part + length_ms % kParts * part / kParts;
    one.to_ms =
        from_ms + length_ms / kParts * (part + 1) + length_ms % kParts * (part + 1) / kParts;
    if (*one.from_ms >= *one.to_ms) {
      continue;
    }
    for (const Row& row : ask(store, one, Row())) {
      auto& course = courses[row.group];
      course.resize(kParts);
      course[static_cast<std::size_t>(part)] = value_of(row);
    }
  }
  std::vector<std::string> lines;
  for (const Row& row : rows) {
    const auto found = courses.find(row.group);
    lines.push_back(found == courses.end() ? "" : line_of(found->second));
  }
  return lines;
}

}  // namespace

std::vector<std::string> sparklines(const Store& store, const Question& question,
                                    const std::vector<BillingRow>& rows) {
  return lines_of(store, question, rows);
}

std::vector<std::string> sparklines(const Store& store, const Question& question,
                                    const std::vector<EgressRow>& rows) {
  return lines_of(store, question, rows);
}

std::vector<std::string> sparklines(const Stores& stores, const Question& question,
                                    const std::vector<BillingRow>& rows) {
  return lines_of(stores, question, rows);
}

std::vector<std::string> sparklines(const Stores& stores, const Question& question,
                                    const std::vector<EgressRow>& rows) {
  return lines_of(stores, question, rows);
}

void WithColumn::columns(const std::vector<std::string>& names) {
  std::vector<std::string> all = names;
  all.push_back(name_);
  sink_.columns(all);
}

void WithColumn::row(const std::vector<Cell>& cells) {
  std::vector<Cell> all = cells;
  all.emplace_back(texts_[next_++]);
  sink_.row(all);
}

}  // namespace fleetmeter::cli
