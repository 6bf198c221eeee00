#include "settle/room_costs.hpp"

#include <algorithm>

#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "rate/share_out.hpp"

namespace fleetmeter::settle {

namespace {

using rate::Claim;
using rate::CostLine;
using Status = CostLine::Status;

Question by_process(Question question) {
  question.by.erase(std::find(question.by.begin(), question.by.end(), GroupBy::room));
  if (!is_by(question, GroupBy::process)) {
    question.by.push_back(GroupBy::process);
  }
  return question;
}

std::size_t place_of(const Question& question, GroupBy by) {
  return static_cast<std::size_t>(std::find(question.by.begin(), question.by.end(), by) -
                                  question.by.begin());
}

std::vector<Claim> claims_of(const std::vector<RoomTime>& times, Int128 Bounded<Int128>::*of) {
  std::vector<Claim> claims;
  Int128 sum = 0;
  for (const RoomTime& one : times) {
    claims.push_back({one.time.*of});
    sum += one.time.*of;
  }
  claims.back().weight += sum == 0 ? 1 : 0;
  return claims;
}

bool is_shared(const CostLine& line) {
  return line.status != Status::rounding && line.status != Status::unmetered;
}

bool is_nothing(const CostLine& line) {
  return line.metered == Bounded<Int128>{} && line.amount == Bounded<Int128>{};
}

}  // namespace

bool is_by(const Question& question, GroupBy by) {
  return std::find(question.by.begin(), question.by.end(), by) != question.by.end();
}

std::vector<Bounded<Int128>> share_out(const Bounded<Int128>& total,
                                       const std::vector<RoomTime>& times, Int128 unit) {
  const std::vector<Int128> point =
      rate::share_out(total.point / unit, claims_of(times, &Bounded<Int128>::point));
  std::vector<Claim> lo_claims = claims_of(times, &Bounded<Int128>::lo);
  std::vector<Claim> hi_claims = claims_of(times, &Bounded<Int128>::hi);
  for (std::size_t i = 0; i < point.size(); ++i) {
    lo_claims[i].most = point[i];
    hi_claims[i].least = point[i];
  }
  const std::vector<Int128> lo = rate::share_out(total.lo / unit, lo_claims);
  const std::vector<Int128> hi = rate::share_out(total.hi / unit, hi_claims);
  std::vector<Bounded<Int128>> shares;
  for (std::size_t i = 0; i < point.size(); ++i) {
    shares.push_back({point[i] * unit, lo[i] * unit, hi[i] * unit});
  }
  return shares;
}

RoomCosts::RoomCosts(const Question& question, const Terms& terms, store::Reader& reader)
    : question_(question),
      byte_(power_of_ten(terms.book.scale())),
      of_processes_(by_process(question)),
      process_place_(place_of(of_processes_, GroupBy::process)),
      span_(reader.span()),
      times_(of_processes_, terms.policy, reader) {}

void RoomCosts::begin_month(const Question& part) {
  const ask::ResolvedWindow resolved = ask::resolve(part, span_);
  month_ = resolved.window;
  periods_.clear();
  auto periods = resolved.periods.begin();
  for (std::size_t i = 0; i < part.by.size(); ++i) {
    if (ask::is_time(part.by[i])) {
      for (const base::Period& period : *periods++) {
        periods_[i].emplace(period.label, period);
      }
    }
  }
}

/// The month, as far as it lies in the periods that the usage's groups name.
meter::Window RoomCosts::period_of(const rate::Usage& usage) const {
  meter::Window window = month_;
  for (const auto& [place, by_label] : periods_) {
    const base::Period& period = by_label.at(usage.group[place]);
    window.from_ms = std::max(window.from_ms, period.start_ms);
    window.to_ms = std::min(window.to_ms, period.end_ms);
  }
  return window;
}

void RoomCosts::note(const rate::Rater::Key& key, const rate::Usage& usage) {
  RoomTimes::Shares& noted = noted_[key];
  const meter::Window period = period_of(usage);
  for (const meter::Window& priced : usage.time->when) {
    const meter::Window window = meter::common(priced, period);
    for (const auto& [room_id, time] : times_.in(usage.group[process_place_], window)) {
      noted[room_id] += time;
    }
  }
}

/// The texts of the question's groups, of a group of the rater's.
std::vector<std::string> RoomCosts::group_of(const CostLine& line,
                                             const std::string& room_id) const {
  std::vector<std::string> group;
  for (const GroupBy by : question_.by) {
    group.push_back(by == GroupBy::room ? room_id : line.group[place_of(of_processes_, by)]);
  }
  return group;
}

std::vector<RoomTime> RoomCosts::times_of(const CostLine& line) const {
  std::vector<RoomTime> times;
  RoomTime idle;
  const auto noted = noted_.find({line.group, line.product, line.status, line.rate_no});
  if (noted != noted_.end()) {
    for (const auto& [room_id, time] : noted->second) {
      if (room_id.empty()) {
        idle.time = time;
      } else {
        times.push_back({room_id, time});
      }
    }
  }
  // Idle time stands last, so that of equal remainders a room's comes first.
  times.push_back(idle);
  return times;
}

std::vector<CostLine> RoomCosts::rooms_of(const CostLine& line) {
  const std::vector<RoomTime> times = times_of(line);
  const std::vector<Bounded<Int128>> metered =
      share_out(line.metered, times, line.product == model::Product::egress ? byte_ : 1);
  const std::vector<Bounded<Int128>> amounts = share_out(line.amount, times);
  std::vector<CostLine> lines;
  for (std::size_t i = 0; i < times.size(); ++i) {
    CostLine& room = lines.emplace_back(line);
    room.group = group_of(line, times[i].room_id);
    room.metered = metered[i];
    room.amount = amounts[i];
  }
  if (line.status == Status::rated) {
    lines.back().status =
        times_.are_known(line.group[process_place_]) ? Status::idle : Status::unlisted;
  }
  const bool counts =
      lines.size() == 1 ? line.processes > 0 : times.back().time != Bounded<Int128>{};
  if (!counts && is_nothing(lines.back())) {
    lines.pop_back();  // it was never idle, or was not there
  }
  return lines;
}

std::vector<CostLine> RoomCosts::divide(const std::vector<CostLine>& lines) {
  std::map<rate::Rater::Key, CostLine> sums;
  for (const CostLine& line : lines) {
    std::vector<CostLine> parts;
    if (is_shared(line)) {
      parts = rooms_of(line);
    } else {
      parts.push_back(line);
      parts.back().group = group_of(line, "");
    }
    for (CostLine& part : parts) {
      const auto [sum, is_new] =
          sums.try_emplace({part.group, part.product, part.status, part.rate_no}, part);
      if (!is_new) {
        sum->second.processes += part.processes;
        sum->second.metered += part.metered;
        sum->second.amount += part.amount;
        sum->second.open_processes += part.open_processes;
      }
    }
  }
  std::vector<CostLine> divided;
  divided.reserve(sums.size());
  for (auto& [key, sum] : sums) {
    divided.push_back(std::move(sum));
  }
  std::stable_partition(divided.begin(), divided.end(),
                        [](const CostLine& line) { return line.status != Status::rounding; });
  return divided;
}

}  // namespace fleetmeter::settle
