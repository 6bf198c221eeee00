#include "settle/room_times.hpp"

#include <algorithm>
#include <tuple>

#include "ask/answer.hpp"
#include "rate/charge.hpp"

namespace fleetmeter::settle {

namespace {

constexpr std::int64_t kMicro = 1000;  // in a millisecond

bool is_empty(const meter::Window& window) {
  return window.from_ms >= window.to_ms;
}

}  // namespace

RoomTimes::RoomTimes(const Question& question, const model::Policy& policy, store::Reader& reader)
    : RoomTimes(question, ask::resolve(question, reader.span()), policy, reader) {}

RoomTimes::RoomTimes(const Question& question, const ask::ResolvedWindow& window,
                     const model::Policy& policy, store::Reader& reader)
    : stays_(reader.room_stays(window.window, window.belief)) {
  ask::Filter filter(question, reader);
  const store::Reader::Asked asked{window.window.from_ms, window.belief};
  reader.each_process(question.scan, asked, [&](const model::ProcessFacts& facts) {
    if (filter.passes(facts)) {
      const meter::BillableSpan span = rate::charged_span(facts.life, policy, window.belief);
      if (!is_empty(meter::common(span.windows.hi, window.window))) {
        charged_.emplace(reader.process_id(facts.process_key), Charged{facts.process_key, span});
      }
    }
  });
  read_stays(window);
}

void RoomTimes::read_stays(const ask::ResolvedWindow& window) {
  std::vector<Stay> stays;
  Hosted* hosted = nullptr;
  std::int64_t process_key = 0;
  const auto finish = [&] {
    if (hosted != nullptr) {
      hosted->spans = spans_of(stays);
      stays.clear();
    }
  };
  for (const store::RoomStays::Stay& row : stays_.in({.from_ms = window.window.from_ms,
                                           .to_ms = window.window.to_ms,
                                           .as_of_ms = window.belief.as_of_ms,
                                           .grace_ms = window.belief.grace_ms})) {
    if (hosted == nullptr || row.process_key != process_key) {
      finish();
      process_key = row.process_key;
      hosted = &hosted_[process_key];
    }
    if (hosted->rooms.empty() || hosted->rooms.back() != row.room_id) {
      hosted->rooms.emplace_back(row.room_id);
    }
    stays.push_back(
        {{row.start_ms, row.end_ms}, static_cast<std::uint32_t>(hosted->rooms.size() - 1)});
  }
  finish();
}

/// Follows the stays along. Those of one room may overlap, so each room is counted.
std::vector<RoomTimes::Span> RoomTimes::spans_of(const std::vector<Stay>& stays) {
  std::vector<std::tuple<std::int64_t, std::uint32_t, int>> steps;
  for (const Stay& stay : stays) {
    steps.emplace_back(stay.window.from_ms, stay.room, 1);
    steps.emplace_back(stay.window.to_ms, stay.room, -1);
  }
  std::sort(steps.begin(), steps.end());
  std::vector<Span> spans;
  std::map<std::uint32_t, int> there;
  std::int64_t from_ms = 0;
  for (const auto& [at_ms, room, step] : steps) {
    if (!there.empty() && from_ms < at_ms) {
      Span& span = spans.emplace_back(Span{{from_ms, at_ms}, {}});
      for (const auto& [one, count] : there) {
        span.rooms.push_back(one);
      }
    }
    from_ms = at_ms;
    if ((there[room] += step) == 0) {
      there.erase(room);
    }
  }
  return spans;
}

void RoomTimes::add(const Hosted* hosted, const meter::Window& window, Int128 Bounded<Int128>::*of,
                    Shares& shares) {
  if (is_empty(window)) {
    return;
  }
  Int128 idle = Int128{window.to_ms - window.from_ms} * kMicro;
  if (hosted != nullptr) {
    auto span = std::upper_bound(
        hosted->spans.begin(), hosted->spans.end(), window.from_ms,
        [](std::int64_t at_ms, const Span& one) { return at_ms < one.window.to_ms; });
    for (; span != hosted->spans.end() && span->window.from_ms < window.to_ms; ++span) {
      const meter::Window part = meter::common(span->window, window);
      const Int128 length = Int128{part.to_ms - part.from_ms} * kMicro;
      const auto rooms = static_cast<Int128>(span->rooms.size());
      Int128 remainder = length % rooms;
      for (const std::uint32_t room : span->rooms) {
        shares[hosted->rooms[room]].*of += length / rooms + (remainder-- > 0 ? 1 : 0);
      }
      idle -= length;
    }
  }
  shares[""].*of += idle;
}

RoomTimes::Shares RoomTimes::in(const std::string& process_id, const meter::Window& window) const {
  Shares shares;
  const auto charged = charged_.find(process_id);
  if (charged == charged_.end()) {
    return shares;
  }
  const auto found = hosted_.find(charged->second.process_key);
  const Hosted* const hosted = found == hosted_.end() ? nullptr : &found->second;
  const Bounded<meter::Window>& windows = charged->second.span.windows;
  add(hosted, meter::common(windows.point, window), &Bounded<Int128>::point, shares);
  add(hosted, meter::common(windows.lo, window), &Bounded<Int128>::lo, shares);
  add(hosted, meter::common(windows.hi, window), &Bounded<Int128>::hi, shares);
  return shares;
}

bool RoomTimes::are_known(const std::string& process_id) {
  const auto charged = charged_.find(process_id);
  return charged != charged_.end() && (hosted_.count(charged->second.process_key) > 0 ||
                                       stays_.are_known(charged->second.process_key));
}

}  // namespace fleetmeter::settle
